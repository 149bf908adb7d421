#include "conf/privileges.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace conf {
namespace {

void require(bool done, const std::filesystem::path& folder, uid_t owner) {
  if (done) return;
  throw std::runtime_error(fmt::format("cannot go on as user {}, the owner of {}: {}", owner,
                                       folder.string(), std::strerror(errno)));
}

/// Without an entry in passwd: the one group.
bool take_groups(uid_t owner, gid_t group) {
  const passwd* entry = ::getpwuid(owner);
  return entry != nullptr ? ::initgroups(entry->pw_name, group) == 0 : ::setgroups(1, &group) == 0;
}

/// Leaves CAP_NET_BIND_SERVICE alone.
bool keep_ports() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> sets{};
  sets[0].effective = sets[0].permitted = 1u << CAP_NET_BIND_SERVICE;
  return ::syscall(SYS_capset, &header, sets.data()) == 0;
}

}  // namespace

void become_owner(const std::filesystem::path& folder, Keep keep) {
  struct stat status {};
  if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0 || status.st_uid == 0) return;
  const uid_t owner = status.st_uid;
  const gid_t group = status.st_gid;
  if (keep == Keep::kPorts) require(::prctl(PR_SET_KEEPCAPS, 1) == 0, folder, owner);
  require(take_groups(owner, group), folder, owner);
  require(::setresgid(group, group, group) == 0, folder, owner);
  require(::setresuid(owner, owner, owner) == 0, folder, owner);
  if (keep == Keep::kPorts) require(keep_ports(), folder, owner);
}

}  // namespace conf

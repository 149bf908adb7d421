#include "smtpd/local_user.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>

namespace smtpd {

namespace {

// Names in NSS may take some room; what doesn't fit here is nobody's.
constexpr std::size_t kEntrySize = 16384;

std::string name_of(uid_t user) {
  std::array<char, kEntrySize> room{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(user, &entry, room.data(), room.size(), &found) == 0 && found != nullptr) {
    return entry.pw_name;
  }
  return fmt::format("uid{}", user);
}

bool same(const mail::Address& one, const mail::Address& other) {
  return mail::local_key(one.local) == mail::local_key(other.local) &&
         mail::domain_key(one.domain) == mail::domain_key(other.domain);
}

}  // namespace

LocalUser local_user(uid_t user, uid_t owner, const std::string& domain) {
  const std::string name = name_of(user);
  const bool trusted = user == 0 || user == owner;
  return {name,
          {name, domain},
          trusted ? LocalUser::Rights::kLocalDomains : LocalUser::Rights::kHisOwn};
}

bool may_send_as(const LocalUser& user, const mail::Address& sender, const SenderLookups& lookups) {
  if (sender.is_null() || same(sender, user.address)) return true;
  if (user.rights == LocalUser::Rights::kLocalDomains) return lookups.domain_is_local(sender);
  const auto account = lookups.account(user.address);
  return account && lookups.may_send_as(*account, sender);
}

}  // namespace smtpd

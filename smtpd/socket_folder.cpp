#include "smtpd/socket_folder.hpp"

#include "mailstore/files.hpp"

namespace smtpd {

namespace fs = std::filesystem;

namespace {

bool lies_below(const fs::path& folder, const fs::path& data) {
  const fs::path from_data = folder.lexically_relative(data);
  return !from_data.empty() && from_data != "." && *from_data.begin() != "..";
}

}  // namespace

fs::path open_socket_folder(const fs::path& socket, const fs::path& data) {
  const fs::path folder = fs::absolute(socket).lexically_normal().parent_path();
  if (!fs::exists(folder)) mailstore::make_folder(folder);
  constexpr fs::perms kPass = fs::perms::group_exec | fs::perms::others_exec;
  std::error_code not_ours;
  if (lies_below(folder, fs::absolute(data).lexically_normal())) {
    fs::permissions(folder, kPass, fs::perm_options::add, not_ours);
  }
  fs::path way;
  for (const fs::path& step : folder) {
    way /= step;
    const fs::perms mode = fs::status(way, not_ours).permissions();
    if ((mode & fs::perms::others_exec) == fs::perms::none) return way;
  }
  return {};
}

}  // namespace smtpd

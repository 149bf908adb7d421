#include "sendmail/user.hpp"

#include <pwd.h>

namespace sendmail {

User find_user(uid_t uid) {
  const passwd* entry = ::getpwuid(uid);
  if (entry == nullptr) return {"uid" + std::to_string(uid), ""};
  const std::string name = entry->pw_name;
  return User{name, full_name_of(entry->pw_gecos == nullptr ? "" : entry->pw_gecos, name)};
}

std::string full_name_of(std::string_view gecos, std::string_view login) {
  std::string name;
  for (const char c : gecos.substr(0, gecos.find(','))) {
    if (c != '&') {
      name += c;
      continue;
    }
    const std::size_t begin = name.size();
    name += login;
    if (begin < name.size() && name[begin] >= 'a' && name[begin] <= 'z') name[begin] -= 'a' - 'A';
  }
  return name;
}

}  // namespace sendmail

// Who calls, by the user database of this machine (getpwuid(3)): smtpd asks it the same way, so
// that both mean the same name.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

namespace sendmail {

struct User {
  std::string name;
  std::string full_name;  ///< "" if there is none
};

/// "uid1234" where nobody is called so, as in many containers.
User find_user(uid_t uid);

/// The first part of a GECOS field, its "&" the login name with a capital: "& Smith,room 5" of ann
/// is "Ann Smith".
std::string full_name_of(std::string_view gecos, std::string_view login);

}  // namespace sendmail

// Passwords in the desktop's keyring, by the Secret Service (libsecret). The library is loaded when
// it is needed: without it, or without a keyring that runs, there simply is none.
#pragma once

#include <string>

#include "mail/result.hpp"

namespace mua {

class Keyring {
 public:
  /// Whether one is there to be asked.
  static bool available();

  /// The error says why it isn't there.
  static mail::Result<std::string, std::string> find(const std::string& address);
  static mail::Result<void, std::string> keep(const std::string& address,
                                              const std::string& password);
  static void forget(const std::string& address);
};

}  // namespace mua

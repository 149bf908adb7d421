// Mail signed and encrypted with OpenPGP (RFC 3156). It takes time: never on the screen's thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mua/crypt/gpg.hpp"

namespace mua::crypt {

struct SealWish {
  bool sign = false, encrypt = false;
  std::string sender;                   ///< whose key signs, and can read the copy
  std::vector<std::string> recipients;  ///< who can read it
  std::string passphrase;               ///< of the sender's key, "" for none
  std::string key{};                    ///< signs in place of the sender's: its fingerprint
};

/// The message with its body signed and then encrypted. Its own fields stay readable. `message` was
/// composed with TextForm::kExact where it is signed.
mail::Result<std::string, Refused> seal(std::string_view message, const SealWish& wish);

}  // namespace mua::crypt

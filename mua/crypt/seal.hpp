// What is known of a message's signatures and encryption, as values. Every text is printable.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mua::crypt {

enum class Method { kOpenPgp, kSmime };
/// "OpenPGP", "S/MIME"
const char* name_of(Method method);

struct Signature {
  enum class Verdict {
    kGood,        ///< right, by a key that is trusted to be the signer's
    kUntrusted,   ///< right, but nobody vouches for whose the key is
    kExpired,     ///< right, but signature or key have expired
    kRevoked,     ///< right, but the key was revoked
    kUnknownKey,  ///< the key isn't here
    kBad,         ///< what was signed is not what came
    kUnchecked,   ///< it could not be checked: `why`
  };
  Method method = Method::kOpenPgp;
  Verdict verdict = Verdict::kUnchecked;
  std::string signer;                  ///< "Ann Miller <ann@x.test>"; "" when it isn't known
  std::vector<std::string> addresses;  ///< of the key
  std::string key;                     ///< its fingerprint, or what is known of it
  std::int64_t made_at = 0;            ///< seconds since 1970, 0 if not known
  std::string why;
  bool all = true;  ///< all of the message is signed, not a part of it
};

struct Encryption {
  enum class State {
    kOpened,
    kLocked,     ///< the key wants a passphrase
    kWrongWord,  ///< the passphrase given was another
    kNoKey,      ///< it is for others' keys
    kFailed,     ///< it can't be read: `why`
    kUnchecked,  ///< there is no program for it: `why`
  };
  Method method = Method::kOpenPgp;
  State state = State::kUnchecked;
  std::string key;  ///< whose passphrase is wanted
  std::string why;
};

/// A message after a look at its seals.
struct Opened {
  std::vector<Signature> signatures;
  std::vector<Encryption> encryptions;
  /// The message as it is without its encryption; "" when there was none to take off. It stays in
  /// memory: never into a store.
  std::string octets;
};

}  // namespace mua::crypt

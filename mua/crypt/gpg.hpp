// GnuPG by way of gpgme: gpg for OpenPGP, gpgsm for S/MIME, with the person's own keys (GNUPGHOME).
// Nothing is asked of the network: no key servers, no revocation lists. Passphrases that the agent
// doesn't have are taken from the caller; those of S/MIME keys the agent asks for in a window of
// its own, where there are windows. Every call blocks; any thread but the screen's may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/result.hpp"
#include "mua/crypt/seal.hpp"

namespace mua::crypt {

/// "" when it can be used, else why not.
std::string unavailable(Method method);

/// Of a signature that stands apart from what is signed.
std::vector<Signature> verify(Method method, std::string_view signed_octets,
                              std::string_view signature);

/// What was inside, and who signed it there.
struct Inside {
  Encryption encryption;  ///< of `unwrap`: nothing in it
  std::vector<Signature> signatures;
  std::string octets;
};
Inside decrypt(Method method, std::string_view octets, const std::string& passphrase);
/// Of what is signed as one piece with its signature: opaque S/MIME, OpenPGP clear text.
Inside unwrap(Method method, std::string_view octets);

/// What sealing came to; the error is for the person. `locked`: the key wants a passphrase.
struct Refused {
  std::string why;
  bool locked = false;
  std::string key;
};
struct SignedWith {
  std::string signature;  ///< in ASCII
  std::string micalg;     ///< "pgp-sha512"
};
/// A detached signature by the key of that address, fingerprint or number.
mail::Result<SignedWith, Refused> sign(std::string_view octets, const std::string& address,
                                       const std::string& passphrase);
/// Those of the addresses that no key to encrypt to is here for.
std::vector<std::string> without_key(const std::vector<std::string>& addresses);
/// Encrypted to all of them, in ASCII. Whose keys they are can't be read off it.
mail::Result<std::string, Refused> encrypt(std::string_view octets,
                                           const std::vector<std::string>& addresses);

}  // namespace mua::crypt

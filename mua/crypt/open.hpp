// The way into a message that is signed or encrypted, however these are nested: OpenPGP/MIME
// (RFC 3156), S/MIME (RFC 8551), and OpenPGP in the text itself. Signatures are checked over the
// exact octets that came. It takes time: never on the screen's thread.
#pragma once

#include <string>
#include <string_view>

#include "mail/imap_fetched.hpp"
#include "mua/crypt/seal.hpp"

namespace mua::crypt {

/// Whether something of the message is signed or encrypted, by its structure.
bool is_sealed(const mail::imap::BodyPart& structure);
/// Whether something of it can't be read before it is opened: encrypted, or signed by S/MIME in the
/// form that isn't clear. By its structure; of a text, whether some of it is encrypted by OpenPGP.
bool is_wrapped(const mail::imap::BodyPart& structure);
bool is_wrapped_text(std::string_view text);
/// Whether a text has OpenPGP in it: "-----BEGIN PGP MESSAGE-----", "... SIGNED MESSAGE-----".
bool is_sealed_text(std::string_view text);

/// The whole message as it came. `passphrase` is for a key that wants one, "" for none.
Opened open_message(std::string octets, const std::string& passphrase);

}  // namespace mua::crypt

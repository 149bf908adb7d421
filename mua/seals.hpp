// Signatures and encryption from the command line: keys are asked of gpg, passphrases of the
// terminal, and what is found is told to people and scripts in the words of the full screen. What
// was decrypted stays in memory.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "mail/compose.hpp"
#include "mua/crypt/open.hpp"
#include "mua/crypt/seal_mail.hpp"

namespace mua {

/// Neither signed nor encrypted yet, from who writes it to all who get it.
crypt::SealWish wish_for(const mail::Draft& draft);

/// Failure when somebody's key is missing, so that nobody writes a text in vain.
void require_keys(const crypt::SealWish& wish);

/// The message as it came when nothing is wished. Failure says why it can't be done.
std::string seal_message(std::string message, crypt::SealWish wish);

/// All of the message looked at. Failure when a key wants a passphrase and gets none.
crypt::Opened open_seals(const std::string& octets);

/// Whether anything was signed or encrypted.
bool has_seals(const crypt::Opened& opened);
/// Whether all of it is signed, rightly, by who it is from; and what is encrypted could be opened.
/// A message that is only encrypted has no signature to be wrong.
bool all_good(const crypt::Opened& opened, const std::vector<mail::NamedAddress>& from);
/// Whether something stayed shut.
bool is_shut(const crypt::Opened& opened);

/// One line each.
std::string seals_text(const crypt::Opened& opened, const std::vector<mail::NamedAddress>& from);
/// "signatures" and "encryptions".
boost::json::object seals_json(const crypt::Opened& opened,
                               const std::vector<mail::NamedAddress>& from);

}  // namespace mua

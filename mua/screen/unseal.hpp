// Signatures and encryption of the message being read: looked at aside of the screen, told in the
// reader; a passphrase is asked for at the bottom of the screen.
#pragma once

#include <string>

namespace mua::screen {

class Client;
class Reader;

/// To be called whenever the text of the reader may have come. Large messages wait for `verify`.
void unseal(Client& client);
/// Of a preview, in which nothing is checked.
void tell_unchecked(Reader& preview);
/// Checks now, or once more, with a passphrase if that is wanted.
void verify(Client& client, const std::string&);

}  // namespace mua::screen

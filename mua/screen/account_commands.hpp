// What there is to tell of the accounts' servers, in full: the top line has no room for it.
#pragma once

#include <string>

namespace mua::screen {

class Client;

/// Each account's state, what its server said last and what to do about it.
void accounts(Client& client, const std::string&);

}  // namespace mua::screen

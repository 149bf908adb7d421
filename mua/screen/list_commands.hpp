// Commands that go from message to message, and how the list is shown. In the reader they read the
// message they come to.
#pragma once

#include <string>

namespace mua::screen {

class Client;

void next(Client& client, const std::string&);
void previous(Client& client, const std::string&);
void page_down(Client& client, const std::string&);
void page_up(Client& client, const std::string&);
void first(Client& client, const std::string&);
void last(Client& client, const std::string&);
void next_unread(Client& client, const std::string&);
void open_current(Client& client, const std::string&);
void back(Client& client, const std::string&);
void toggle_threads(Client& client, const std::string&);
/// "close", "open", or the other of the two.
void fold(Client& client, const std::string& how);
void fold_all(Client& client, const std::string& how);

}  // namespace mua::screen

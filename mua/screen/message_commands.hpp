// Commands that do something to messages: the marked ones, or the one that is read or under the
// cursor. Each can be undone.
#pragma once

#include <string>

namespace mua::screen {

class Client;

void erase(Client& client, const std::string&);
void archive(Client& client, const std::string&);
void move(Client& client, const std::string& folder);
void flag(Client& client, const std::string&);
void unread(Client& client, const std::string&);
void undo(Client& client, const std::string&);
void show_outbox(Client& client, const std::string&);

}  // namespace mua::screen

// Commands about the client itself.
#pragma once

#include <string>

namespace mua::screen {

class Client;

void refresh(Client& client, const std::string&);
void show_commands(Client& client, const std::string&);
void type_command(Client& client, const std::string&);
void help(Client& client, const std::string&);
void choose_theme(Client& client, const std::string& name);
void redraw(Client& client, const std::string&);
void suspend(Client& client, const std::string&);
void quit(Client& client, const std::string&);

}  // namespace mua::screen

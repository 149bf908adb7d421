// The one table of commands, behind keys, the command line (":"), the popup of commands and the
// help.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mua/screen/keymap.hpp"

namespace mua::screen {

class Client;

struct Command {
  std::string_view name;
  std::string_view argument;  ///< what may follow the name, "" for nothing
  std::string_view help;
  unsigned places;
  void (*run)(Client& client, const std::string& argument);
};

std::span<const Command> commands();
/// nullptr when there is none of that name.
const Command* find_command(std::string_view name);
/// Those of that place whose names begin so.
std::vector<const Command*> commands_beginning(Place place, std::string_view begun);

}  // namespace mua::screen

#include "mua/welcome/dialog.hpp"

#include "mua/password.hpp"

namespace mua::welcome {

Dialog terminal_dialog() {
  return {[](const std::string& line) { tell_on_terminal(line + "\n"); },
          [](const std::string& question) { return line_from_prompt(question); },
          [](const std::string& question) { return password_from_prompt(question); }};
}

}  // namespace mua::welcome

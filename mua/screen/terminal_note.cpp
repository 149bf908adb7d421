#include "mua/screen/terminal_note.hpp"

#include <algorithm>

namespace mua::screen {

std::string terminal_note(std::string_view term, std::string title, std::string body) {
  if (term.find("kitty") != std::string_view::npos) {
    return "\033]99;i=mua:d=0;" + title + "\033\\\033]99;i=mua:p=body;" + body + "\033\\";
  }
  // Its fields end at semicolons.
  std::replace(title.begin(), title.end(), ';', ',');
  std::replace(body.begin(), body.end(), ';', ',');
  return "\033]777;notify;" + title + ";" + body + "\033\\";
}

}  // namespace mua::screen

// 24 bits of colour by ncurses, which does them only for terminals whose description says so. Few
// descriptions do, so while ncurses starts it gets one that does (TERMINFO), where the terminal
// says that it has them: RGB or Tc in its own description, or COLORTERM.
#pragma once

#include <optional>
#include <string>

namespace mua::screen {

/// Puts the description into TERMINFO as long as it lives. Does nothing where `no_color` isn't
/// empty or the terminal has no more than 256 colours.
class DirectColour {
 public:
  explicit DirectColour(const std::string& no_color);
  ~DirectColour();
  DirectColour(const DirectColour&) = delete;
  DirectColour& operator=(const DirectColour&) = delete;

 private:
  bool set_ = false;
  std::optional<std::string> before_;
};

}  // namespace mua::screen

// Questions on a person's terminal, line by line; tests answer them themselves.
#pragma once

#include <functional>
#include <string>

namespace mua::welcome {

struct Dialog {
  std::function<void(const std::string& line)> say;
  /// The line typed; throws Failure when the terminal has gone.
  std::function<std::string(const std::string& question)> ask;
  /// The same without echo.
  std::function<std::string(const std::string& question)> ask_hidden;
};

Dialog terminal_dialog();

}  // namespace mua::welcome

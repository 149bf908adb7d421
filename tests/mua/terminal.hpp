// A person's terminal, for what asks there whether stdin is one or not.
#pragma once

#include <functional>
#include <string>

namespace mua {

struct Seen {
  int code = 0;
  std::string text;  ///< all that stood on the terminal, lines ending in CRLF
};

/// Runs `job` in a process of its own whose terminal has 72 columns; its value, or the code of its
/// Failure, is the exit status. `secret` is typed once the terminal does not echo.
Seen at_terminal(const std::function<int()>& job, const std::string& secret = "");

}  // namespace mua

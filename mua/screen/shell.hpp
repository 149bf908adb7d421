// Other programs in the person's terminal: editors, pagers, what a text is piped to.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace mua::screen {

struct ShellCommand {
  std::string words;
  std::optional<std::string> input;  ///< on its stdin; nullopt: the terminal
  enum class Afterwards { kReturn, kWaitForKey };
  Afterwards afterwards = Afterwards::kReturn;
  std::filesystem::path input_file{};  ///< on its stdin, instead of `input`
};

/// Runs it by /bin/sh and waits for its end; its exit status, 127 when it could not be run. The
/// signals that are blocked here are not blocked there.
int run_shell(const ShellCommand& command);

/// 'quoted' as one word of the shell, whatever is in it.
std::string shell_word(std::string_view text);

}  // namespace mua::screen

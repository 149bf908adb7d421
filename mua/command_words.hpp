// The command line as data: every command with its options, as CLI11 was told (command_line.hpp).
// What shells complete and what the manual page is checked against.
#pragma once

#include <string>
#include <vector>

namespace mua {

struct OptionWords {
  std::string name;   ///< "--limit"; of a positional word what it is, "mailbox"
  std::string value;  ///< what follows: "FILE", "" of a flag
  std::string help;
  std::vector<std::string> choices;  ///< if only some words may follow
  bool positional = false;
  bool required = false;
  bool repeats = false;
};

struct CommandWords {
  std::string name;  ///< "" for mua itself
  std::string help;  ///< on one line
  std::vector<OptionWords> options;
};

/// mua itself first, whose options all commands have.
std::vector<CommandWords> command_words();

}  // namespace mua

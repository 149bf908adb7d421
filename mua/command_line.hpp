// The command line declared to CLI11, once, for reading it (options.hpp), for shells that complete
// it and for the check of the manual page (command_words.hpp). Private to mua's own files.
#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "mua/options.hpp"

namespace mua {

/// What the parser fills. `chosen` is the command once the line is parsed.
struct CommandLine {
  CommonOptions common;
  CommandOptions chosen;
  std::unique_ptr<CLI::App> app;
};

/// The command line with all its commands; it stays where it is, since the parser writes into it.
std::unique_ptr<CommandLine> declare_command_line();

}  // namespace mua

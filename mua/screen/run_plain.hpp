// The line mode from start to end: stdin, stdout, the engines, and the loop between them.
#pragma once

#include "mua/exit_code.hpp"
#include "mua/options.hpp"

namespace mua::screen {

/// Until `quit` or the end of stdin, which need be no terminal.
ExitCode run_plain(const CommonOptions& common, const ScreenOptions& options);

}  // namespace mua::screen

// The full-screen client of an account from start to end: terminal, local store, engine, and the
// loop between them. The loop is one thread that waits for keys, the engine's events and signals;
// it touches no socket.
#pragma once

#include "mua/exit_code.hpp"
#include "mua/options.hpp"

namespace mua::screen {

/// Throws Failure when there is no terminal or no account.
ExitCode run_screen(const CommonOptions& common, const ScreenOptions& options);

}  // namespace mua::screen

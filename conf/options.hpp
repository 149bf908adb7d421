// The command line both daemons share: --config FILE, --check-config, --help, --version.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "conf/settings.hpp"

namespace conf {

/// What a daemon is called and what it does once its settings are good.
struct Daemon {
  std::string_view name;
  std::string_view about;                      ///< one line for --help
  std::string_view version;                    ///< PABAL_VERSION
  std::function<void(const Settings&)> check;  ///< --check-config: throws when it could not start
  std::function<void(const Settings&)> serve;  ///< runs until told to end; throws when it can't
};

/// The whole of a daemon's main: reads the command line and the settings, starts the log and calls
/// `check` or `serve`. Exit status: 0 ended as told, 1 failed (said on stderr), 2 wrong usage,
/// 78 wrong settings (EX_CONFIG of sysexits.h).
int daemon_main(const Daemon& daemon, int argc, char** argv);

}  // namespace conf

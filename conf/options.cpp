#include "conf/options.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "conf/log.hpp"
#include "conf/log_text.hpp"
#include "conf/privileges.hpp"
#include "conf/value_error.hpp"

namespace conf {
namespace {

constexpr int kUsage = 2;

enum class Task { kServe, kCheck };

/// On one line, for people or, once it is known that they read the log, for machines.
void say_why(const Daemon& daemon, LogForm form, const char* reason) {
  if (form == LogForm::kJson)
    log(Level::kError, "failed", {{"reason", reason}});
  else
    fmt::print(stderr, "{}: {}\n", daemon.name, reason);
}

int run(const Daemon& daemon, const std::string& config, Task task) {
  LogForm form = LogForm::kHuman;
  try {
    const auto settings = load_settings(find_settings(config));
    start_log(daemon.name, settings.log);
    if (task == Task::kServe && settings.log.format == "json") form = LogForm::kJson;
    become_owner(settings.data, Keep::kPorts);
    use_values(settings,
               [&] { task == Task::kServe ? daemon.serve(settings) : daemon.check(settings); });
    if (task == Task::kCheck) fmt::print("{}: good\n", settings.file.string());
    return EXIT_SUCCESS;
  } catch (const SettingsError& error) {
    say_why(daemon, form, error.what());
    return EX_CONFIG;
  } catch (const std::exception& error) {
    say_why(daemon, form, error.what());
    return EXIT_FAILURE;
  }
}

}  // namespace

int daemon_main(const Daemon& daemon, int argc, char** argv) {
  CLI::App app{std::string(daemon.about), std::string(daemon.name)};
  std::string config;
  bool check = false;
  app.add_option("--config", config,
                 "settings file (else $PABAL_CONFIG, ./var/pabal.toml, /etc/pabal/pabal.toml)")
      ->type_name("FILE");
  app.add_flag("--check-config", check, "check the settings and what they name, then end");
  app.footer(
      "Started by root on a data folder of another user, it goes on as that user; ports below "
      "1024\n"
      "it can still bind. SIGHUP: read the settings again. SIGTERM: end.\n\n"
      "Exit status: 0 ended as told, 1 failed, 2 wrong usage, 78 wrong settings.");
  app.set_version_flag("--version", fmt::format("{} {}", daemon.name, daemon.version));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? EXIT_SUCCESS : kUsage;
  }
  return run(daemon, config, check ? Task::kCheck : Task::kServe);
}

}  // namespace conf

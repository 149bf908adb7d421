#include <fmt/format.h>

#include <cstdio>

#include "conf/settings.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"

namespace mailctl {
namespace {

int failed(ExitCode code, const std::string& what, const std::string& next) {
  fmt::print(stderr, "mailctl: {}\n", what);
  if (!next.empty()) fmt::print(stderr, "Next: {}.\n", next);
  return static_cast<int>(code);
}

}  // namespace

int run(int argc, const char* const* argv) {
  const auto parsed = parse_command_line(argc, argv);
  if (const auto* exit_status = std::get_if<int>(&parsed)) return *exit_status;
  const auto& invocation = std::get<Invocation>(parsed);
  try {
    invocation.command(invocation.options);
    return 0;
  } catch (const Failure& failure) {
    return failed(failure.code, failure.what(), failure.next);
  } catch (const conf::SettingsError& error) {
    return failed(ExitCode::kSettings, error.what(),
                  "correct the settings file, or name another one with --config FILE");
  } catch (const std::exception& error) {
    return failed(ExitCode::kFailed, error.what(), "see what the line above names, and try again");
  }
}

}  // namespace mailctl

#include "mua/options.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

#include "mua/command_line.hpp"

namespace mua {

namespace {

constexpr std::array<std::string_view, 2> kAskForWords{"completion", "words"};

/// "flag 1 -seen" and "search -from:ann" have words that look like options. With a blank in front
/// they don't; it is taken away again once the options are read.
void shield_words(std::vector<std::string>& arguments) {
  bool shields = false;
  for (std::string& argument : arguments) {
    const bool looks_short = argument.size() > 1 && argument[0] == '-' && argument[1] != '-';
    if (shields && looks_short) argument.insert(0, 1, ' ');
    if (argument == "flag" || argument == "search") shields = true;
  }
}

void unshield_words(std::vector<std::string>& words) {
  for (std::string& word : words) {
    if (word.starts_with(" -")) word.erase(0, 1);
  }
}

/// "completion words" is given a line as it stands, options and all.
std::vector<std::string> cut_words(std::vector<std::string>& arguments) {
  const auto begin =
      std::search(arguments.begin(), arguments.end(), kAskForWords.begin(), kAskForWords.end());
  if (begin == arguments.end()) return {};
  std::vector<std::string> words(begin + kAskForWords.size(), arguments.end());
  arguments.erase(begin + kAskForWords.size(), arguments.end());
  return words;
}

std::string command_names(const CLI::App& app) {
  std::string out;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    out += command->get_name() + ", ";
  }
  return out;
}

Stop usage(const std::string& what) {
  return {ExitCode::kUsage, "mua: " + what + "\nRun mua --help for more.\n"};
}

Stop no_command(const CLI::App& app) {
  return usage("that is no command; it is one of " + command_names(app) +
               "or none for the full screen");
}

Stop explain(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out, err;
  if (app.exit(error, out, err) == 0) return {ExitCode::kOk, out.str()};
  return app.get_subcommands().empty() ? no_command(app) : usage(error.what());
}

bool is_address(const std::string& word) {
  return word.find('@') != std::string::npos || word.starts_with("mailto:");
}

}  // namespace

mail::Result<Invocation, Stop> parse_command_line(std::vector<std::string> arguments) {
  const auto line = declare_command_line();
  std::vector<std::string> words = cut_words(arguments);
  shield_words(arguments);
  try {
    std::reverse(arguments.begin(),
                 arguments.end());  // CLI11 takes them last first
    line->app->parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    return mail::unexpected(explain(*line->app, error));
  }
  Invocation invocation{std::move(line->common), std::move(line->chosen)};
  if (auto* o = std::get_if<ScreenOptions>(&invocation.command)) {
    if (!o->address.empty() && !is_address(o->address)) {
      return mail::unexpected(no_command(*line->app));
    }
  }
  if (auto* o = std::get_if<FlagOptions>(&invocation.command)) unshield_words(o->changes);
  if (auto* o = std::get_if<SearchOptions>(&invocation.command)) unshield_words(o->query);
  if (auto* o = std::get_if<CompletionOptions>(&invocation.command)) o->words = std::move(words);
  return invocation;
}

}  // namespace mua

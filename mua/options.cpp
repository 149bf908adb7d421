#include "mua/options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

#include "conf/nearest.hpp"
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

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

Stop usage(const std::string& what, const std::string& command = "") {
  return {ExitCode::kUsage, "mua: " + command + (command.empty() ? "" : ": ") + what +
                                "\nRun mua " + command + (command.empty() ? "" : " ") +
                                "--help for more.\n"};
}

Stop no_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  for (const CLI::App* command : commands_of(app)) known.push_back(command->get_name());
  return usage(fmt::format("\"{}\" is no command, {} is one; all are {}", word,
                           conf::nearest(word, known), fmt::join(known, ", ")));
}

/// "ID: the message"; "" when none is missing.
std::string missing_word(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() && option->get_required() && option->count() == 0) {
      return option->get_type_name() + ": " + option->get_description();
    }
  }
  return "";
}

/// CLI11's own words name its parts.
std::string what_is_wrong(const CLI::App& command, const CLI::ParseError& error) {
  const std::string what = error.what();
  const std::string missing = missing_word(command);
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) &&
      !missing.empty()) {
    return "it needs " + missing;
  }
  constexpr std::string_view kUnexpected = "The following argument was not expected: ";
  constexpr std::string_view kUnread = "Could not convert: ";
  if (what.starts_with(kUnexpected)) return "there is no " + what.substr(kUnexpected.size());
  if (what.starts_with(kUnread)) return what.substr(kUnread.size()) + " is no number";
  return what;
}

Stop explain(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out, err;
  if (app.exit(error, out, err) == 0) return {ExitCode::kOk, out.str()};
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  return usage(what_is_wrong(command, error), chosen.empty() ? "" : command.get_name());
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
      return mail::unexpected(no_command(*line->app, o->address));
    }
  }
  if (auto* o = std::get_if<FlagOptions>(&invocation.command)) unshield_words(o->changes);
  if (auto* o = std::get_if<SearchOptions>(&invocation.command)) unshield_words(o->query);
  if (auto* o = std::get_if<CompletionOptions>(&invocation.command)) o->words = std::move(words);
  return invocation;
}

}  // namespace mua

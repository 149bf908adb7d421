#include "mua/command_words.hpp"

#include <sstream>

#include "mua/command_line.hpp"

namespace mua {

namespace {

std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

/// "FORMAT:{mboxrd,mboxo}" → "FORMAT" and the two words.
void split_type(const std::string& type, OptionWords& words) {
  const std::size_t open = type.find('{');
  words.value =
      type.substr(0, open == std::string::npos ? open : type.find_last_not_of(':', open - 1) + 1);
  if (open == std::string::npos) return;
  std::istringstream in(type.substr(open + 1, type.find('}') - open - 1));
  for (std::string word; std::getline(in, word, ',');) words.choices.push_back(word);
}

OptionWords words_of(const CLI::Option& option) {
  OptionWords out;
  out.positional = option.get_positional();
  out.name = out.positional ? option.get_name(true) : option.get_name();
  out.required = option.get_required();
  out.help = one_line(option.get_description());
  out.repeats = option.get_items_expected_max() > 1;
  if (option.get_type_size() != 0) split_type(option.get_type_name(), out);
  return out;
}

CommandWords words_of(const CLI::App& app, const std::string& name) {
  CommandWords out{name, one_line(app.get_description()), {}};
  for (const CLI::Option* option : app.get_options()) out.options.push_back(words_of(*option));
  return out;
}

}  // namespace

std::vector<CommandWords> command_words() {
  const auto line = declare_command_line();
  std::vector<CommandWords> out{words_of(*line->app, "")};
  for (const CLI::App* command : line->app->get_subcommands([](const CLI::App*) { return true; })) {
    out.push_back(words_of(*command, command->get_name()));
  }
  return out;
}

}  // namespace mua

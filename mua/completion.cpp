#include "mua/completion.hpp"

#include <algorithm>
#include <utility>

namespace mua {

namespace {

const OptionWords* find_option(const CommandWords& command, const std::string& name) {
  for (const OptionWords& option : command.options) {
    if (!option.positional && option.name == name) return &option;
  }
  return nullptr;
}

/// Where on the line one is: which command, how many of its words stand before, and whose value
/// comes next.
struct Place {
  const CommandWords* command = nullptr;  ///< nullptr: none was named yet
  std::size_t positionals = 0;
  const OptionWords* awaited = nullptr;  ///< the option whose value is to come
};

class Line {
 public:
  Line() : commands_(command_words()) {}

  void pass(const std::string& word) {
    if (std::exchange(place_.awaited, nullptr)) return;
    if (word.starts_with("--")) {
      const OptionWords* option = option_of(word);
      const bool takes = option && !option->value.empty();
      if (takes && word.find('=') == std::string::npos) place_.awaited = option;
    } else if (!place_.command && named(word)) {
      place_.command = named(word);
    } else {
      ++place_.positionals;
    }
  }

  const Place& place() const { return place_; }
  const std::vector<CommandWords>& commands() const { return commands_; }
  const CommandWords& all() const { return commands_.front(); }

  const OptionWords* option_of(const std::string& word) const {
    const std::string name = word.substr(0, word.find('='));
    const OptionWords* own = place_.command ? find_option(*place_.command, name) : nullptr;
    return own ? own : find_option(all(), name);
  }

  /// What the next word that is no option is; nullptr: nothing more may come.
  const OptionWords* next_positional() const {
    std::size_t number = 0;
    const CommandWords& command = place_.command ? *place_.command : all();
    for (const OptionWords& option : command.options) {
      if (!option.positional) continue;
      if (number++ == place_.positionals || option.repeats) return &option;
    }
    return nullptr;
  }

 private:
  const CommandWords* named(const std::string& word) const {
    const auto found = std::find_if(commands_.begin() + 1, commands_.end(),
                                    [&](const CommandWords& c) { return c.name == word; });
    return found == commands_.end() ? nullptr : &*found;
  }

  std::vector<CommandWords> commands_;
  Place place_;
};

void add_all(Completions& out, std::vector<Candidate> more) {
  std::move(more.begin(), more.end(), std::back_inserter(out.candidates));
}

/// What may be the value of an option, or a word, of that kind.
void add_values(Completions& out, const OptionWords& option, const std::string& typed,
                const CompletionSources& sources) {
  const auto is = [&](std::string_view kind) {
    return ("|" + option.value + "|").find("|" + std::string(kind) + "|") != std::string::npos;
  };
  for (const std::string& choice : option.choices) out.candidates.push_back({choice, ""});
  if (is("ACCOUNT")) add_all(out, sources.accounts());
  if (is("MAILBOX")) add_all(out, sources.mailboxes());
  if (is("ID")) add_all(out, sources.messages());
  if (is("ADDRESS")) add_all(out, sources.people(typed));
  if (is("FILE") || is("PATH")) out.files = Completions::Files::kFiles;
  if (is("DIR")) out.files = Completions::Files::kFolders;
  if (!is("CHANGE")) return;
  for (const char* flag : {"seen", "flagged", "answered", "draft", "deleted"}) {
    out.candidates.push_back({"+" + std::string(flag), "set"});
    out.candidates.push_back({"-" + std::string(flag), "clear"});
  }
}

void add_options(Completions& out, const CommandWords& command) {
  for (const OptionWords& option : command.options) {
    if (!option.positional) out.candidates.push_back({option.name, option.help});
  }
}

void add_words(Completions& out, const Line& line, const std::string& typed,
               const CompletionSources& sources) {
  if (!line.place().command) {
    for (const CommandWords& command : line.commands()) {
      if (!command.name.empty()) out.candidates.push_back({command.name, command.help});
    }
  }
  if (const OptionWords* next = line.next_positional()) add_values(out, *next, typed, sources);
}

}  // namespace

Completions complete(const std::vector<std::string>& words, const CompletionSources& sources) {
  Line line;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) line.pass(words[i]);
  const std::string typed = words.empty() ? "" : words.back();
  const std::size_t equals = typed.starts_with("--") ? typed.find('=') : std::string::npos;
  Completions out;
  if (line.place().awaited) {
    add_values(out, *line.place().awaited, typed, sources);
  } else if (equals != std::string::npos) {
    if (const OptionWords* option = line.option_of(typed)) {
      add_values(out, *option, typed.substr(equals + 1), sources);
    }
    for (Candidate& one : out.candidates) one.word.insert(0, typed, 0, equals + 1);
  } else if (typed.starts_with("--")) {
    if (line.place().command) add_options(out, *line.place().command);
    add_options(out, line.all());
  } else {
    add_words(out, line, typed, sources);
  }
  std::erase_if(out.candidates, [&](const Candidate& c) { return !c.word.starts_with(typed); });
  return out;
}

std::string value_among(const std::vector<std::string>& words, const std::string& option) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == option && i + 1 < words.size()) return words[i + 1];
    if (words[i].starts_with(option + "=")) return words[i].substr(option.size() + 1);
  }
  return "";
}

}  // namespace mua

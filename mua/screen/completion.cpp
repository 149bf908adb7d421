#include "mua/screen/completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "mua/screen/client.hpp"
#include "mua/screen/commands.hpp"
#include "mua/screen/file_choice.hpp"

namespace mua::screen {

namespace {

constexpr std::array<std::string_view, 18> kPatterns{
    "from:",     "to:",        "cc:",     "bcc:",     "subject:",    "body:",
    "is:unread", "is:flagged", "is:read", "is:draft", "is:answered", "has:attachment",
    "after:",    "before:",    "on:",     "larger:",  "smaller:",    "keyword:"};

std::vector<std::string> beginning_with(const std::string& begun,
                                        const std::vector<std::string>& all) {
  std::vector<std::string> out;
  // Each once: several accounts have folders of one name.
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const std::string& one) {
    return one.starts_with(begun) && std::find(out.begin(), out.end(), one) == out.end();
  });
  return out;
}

std::optional<std::string> common_beginning(const std::vector<std::string>& all) {
  if (all.empty()) return std::nullopt;
  std::string common = all.front();
  for (const std::string& one : all) {
    const auto differs = std::mismatch(common.begin(), common.end(), one.begin(), one.end()).first;
    common.erase(differs, common.end());
  }
  // Not in the middle of a character.
  while (!common.empty() && common.size() < all.front().size() &&
         (static_cast<unsigned char>(all.front()[common.size()]) & 0xC0) == 0x80) {
    common.pop_back();
  }
  return common;
}

/// Where the last word of a search begins, after the "-" of its opposite.
std::size_t last_word(const std::string& typed) {
  const std::size_t blank = typed.rfind(' ');
  const std::size_t begin = blank == std::string::npos ? 0 : blank + 1;
  return begin < typed.size() && typed[begin] == '-' ? begin + 1 : begin;
}

std::vector<std::string> patterns_for(const std::string& typed) {
  std::vector<std::string> out;
  const std::string word = typed.substr(last_word(typed));
  if (word.empty()) return out;
  for (const std::string_view pattern : kPatterns) {
    if (pattern.starts_with(word)) out.emplace_back(pattern);
  }
  return out;
}

std::vector<std::string> arguments_of(const Client& client, std::string_view kind,
                                      const std::string& begun) {
  std::vector<std::string> out;
  if (kind == "FILE") return paths_beginning(begun);
  if (kind == "FOLDER" || kind == "NAME") {
    for (const sync::Folder& folder : client.folders) {
      if (folder.selectable) out.push_back(folder.name);
    }
  }
  if (kind == "NAME" || kind == "SEARCH") {
    for (const SavedSearch& search : client.world.saved_searches) out.push_back(search.name);
  }
  if (kind == "HOW") out = {"close", "open"};
  if (kind == "ANSWER") out = {"accept", "decline", "tentative"};
  if (kind == "THEME") {
    for (const Theme& theme : client.world.themes) out.push_back(theme.name);
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "  ") + word;
  return out;
}

}  // namespace

std::vector<std::string> candidates(const Client& client, const std::string& typed) {
  const std::size_t blank = typed.find(' ');
  std::vector<std::string> out;
  if (blank == std::string::npos) {
    for (const Command& command : commands()) {
      if ((command.places & client.place()) != 0) out.emplace_back(command.name);
    }
    return beginning_with(typed, out);
  }
  const Command* command = find_command(typed.substr(0, blank));
  if (!command) return out;
  const std::string begun = typed.substr(blank + 1);
  if (command->argument == "WORDS" || command->argument == "PATTERN") return patterns_for(begun);
  return beginning_with(begun, arguments_of(client, command->argument, begun));
}

std::optional<std::string> complete_line(const Client& client, const std::string& typed) {
  const std::vector<std::string> all = candidates(client, typed);
  const std::size_t blank = typed.find(' ');
  const auto common = common_beginning(all);
  if (!common) return std::nullopt;
  if (blank != std::string::npos) {
    const Command* command = find_command(typed.substr(0, blank));
    const bool words = command && (command->argument == "WORDS" || command->argument == "PATTERN");
    const std::size_t keep = words ? blank + 1 + last_word(typed.substr(blank + 1)) : blank + 1;
    return typed.substr(0, keep) + *common;
  }
  const Command* command = all.size() == 1 ? find_command(all.front()) : nullptr;
  return command && !command->argument.empty() ? *common + " " : *common;
}

std::string line_hint(const Client& client, const std::string& typed) {
  const std::vector<std::string> all = candidates(client, typed);
  const bool alone = typed.find(' ') == std::string::npos;
  const std::string name =
      alone && all.size() == 1 ? all.front() : typed.substr(0, typed.find(' '));
  const Command* command = find_command(name);
  if (command && (all.empty() || (alone && all.size() == 1))) {
    return fmt::format("{}{}{}: {}", command->name, command->argument.empty() ? "" : " ",
                       command->argument, command->help);
  }
  if (all.empty()) return alone ? "there is no such command" : "";
  return joined(all);
}

std::optional<std::string> complete_pattern(const std::string& typed) {
  const auto common = common_beginning(patterns_for(typed));
  if (!common) return std::nullopt;
  return typed.substr(0, last_word(typed)) + *common;
}

std::string pattern_hint(const std::string& typed) { return joined(patterns_for(typed)); }

}  // namespace mua::screen

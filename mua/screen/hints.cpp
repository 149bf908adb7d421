#include "mua/screen/hints.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace mua::screen {

namespace {

struct Hint {
  std::string_view command, words;
};

/// The first of the command's keys; "" when it has none.
std::string key_of(const Keymap& keymap, Place place, std::string_view command) {
  const std::string all = keys_of(keymap, place, command);
  return all.substr(0, std::min(all.find(", "), all.size()));
}

std::string line_of(const Keymap& keymap, Place place, std::initializer_list<Hint> hints) {
  std::string out;
  for (const Hint& hint : hints) {
    const std::string key = key_of(keymap, place, hint.command);
    if (key.empty()) continue;
    out += (out.empty() ? "" : "  ") + shown_key(key) + " " + std::string(hint.words);
  }
  return out;
}

}  // namespace

std::string shown_key(std::string_view key) {
  if (!key.starts_with("C-") || key.size() != 3) return std::string(key);
  const char letter = key[2];
  return std::string("^") +
         (letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter);
}

std::string list_hint(const Keymap& keymap) {
  return line_of(keymap, kInList,
                 {{"open", "read"},
                  {"compose", "write"},
                  {"reply", "reply"},
                  {"delete", "delete"},
                  {"search", "find"},
                  {"folder", "folder"},
                  {"help", "keys"}});
}

std::string reader_hint(const Keymap& keymap) {
  return line_of(keymap, kInReader,
                 {{"quit", "back"},
                  {"reply", "reply"},
                  {"reply-all", "all"},
                  {"forward", "forward"},
                  {"delete", "delete"},
                  {"help", "keys"}});
}

std::string letter_hint(const Keymap& keymap) {
  return line_of(keymap, kInLetter,
                 {{"send", "send"},
                  {"attach", "attach"},
                  {"editor", "$EDITOR"},
                  {"postpone", "postpone"},
                  {"close", "close"},
                  {"help", "keys"}});
}

}  // namespace mua::screen

#include "mua/screen/key_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "conf/table_reader.hpp"
#include "mua/screen/commands.hpp"
#include "mua/screen/event.hpp"

namespace mua::screen {

namespace {

std::string in_quotes(const std::string& text) { return fmt::format("\"{}\"", text); }

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

void check_keys(const conf::TableReader& reader, const OwnBinding& binding) {
  for (const std::string& key : words_of(binding.keys)) {
    if (!is_key_name(key)) {
      reader.fail("keys", in_quotes(key), "names of keys: j, C-n, M-v, Enter, Space, PgDn, F5");
    }
  }
  const std::string first = words_of(binding.keys).front();
  if ((binding.places & kInLetter) && !typed(Key{first}).empty()) {
    reader.fail("keys", in_quotes(first),
                "a key that types nothing, for it to mean something "
                "in a letter");
  }
}

/// The places where the command means something.
unsigned check_command(const conf::TableReader& reader, const std::string& line) {
  const std::string name = line.substr(0, line.find(' '));
  if (name.empty()) return kEverywhere;
  const Command* command = find_command(name);
  if (!command) reader.fail("command", in_quotes(name), "a command; mua lists them with ?");
  if (name.size() < line.size() && command->argument.empty()) {
    reader.fail("command", in_quotes(line), in_quotes(name) + " alone");
  }
  return command->places;
}

unsigned read_places(conf::TableReader& reader, unsigned possible) {
  std::vector<std::string> names;
  reader.texts("in", names);
  unsigned places = 0;
  for (const std::string& name : names) {
    const unsigned place = name == "list"     ? kInList
                           : name == "reader" ? kInReader
                           : name == "letter" ? kInLetter
                                              : 0u;
    if (place == 0) reader.fail("in", in_quotes(name), "list, reader, letter");
    if ((possible & place) == 0) {
      reader.fail("in", in_quotes(name), "places where the command means something");
    }
    places |= place;
  }
  if (places != 0) return places;
  return (possible & kInMail) != 0 ? possible & kInMail : possible;
}

void check_against(const conf::TableReader& reader, const OwnBinding& binding,
                   const std::vector<OwnBinding>& others) {
  for (const OwnBinding& other : others) {
    if ((other.places & binding.places) == 0) continue;
    const bool same = other.keys == binding.keys;
    const bool hides =
        other.keys.starts_with(binding.keys + " ") || binding.keys.starts_with(other.keys + " ");
    if (same || hides) {
      reader.fail(
          "keys", in_quotes(binding.keys),
          fmt::format("keys that don't begin as those of \"{}\" ({})", other.command, other.keys));
    }
  }
}

}  // namespace

std::vector<OwnBinding> read_keys(conf::TableReader& file) {
  std::vector<OwnBinding> out;
  for (conf::TableReader& section : file.sections("key")) {
    OwnBinding binding;
    section.text("keys", binding.keys);
    section.text("command", binding.command);
    section.require("keys");
    section.require("command");
    binding.places = read_places(section, check_command(section, binding.command));
    section.finish();
    check_keys(section, binding);
    check_against(section, binding, out);
    out.push_back(std::move(binding));
  }
  return out;
}

}  // namespace mua::screen

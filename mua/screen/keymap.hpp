// Which key does what: profiles of keys as data. A binding names a command of commands.hpp, with
// its argument if it has one. Keys of a sequence stand one after the other with blanks between.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mua::screen {

/// Where the keys go. A command or binding may hold for several.
enum Place : unsigned { kInList = 1, kInReader = 2, kInLetter = 4 };
inline constexpr unsigned kInMail = kInList | kInReader;
inline constexpr unsigned kEverywhere = kInMail | kInLetter;

enum class Profile { kMutt, kAerc, kAlpine };
std::optional<Profile> parse_profile(std::string_view name);

struct Binding {
  unsigned places;
  std::string_view keys;
  std::string_view command;
};

/// What the keys mean there: a command, the beginning of longer sequences, or nothing.
struct Meaning {
  std::string_view command;
  bool begins = false;
};
Meaning meaning_of(Profile profile, Place place, std::string_view keys);

/// The keys of a command there, for the help: "d", "g g"; several with blanks and commas between.
std::string keys_of(Profile profile, unsigned places, std::string_view command);

/// All bindings of a profile, its own before those all profiles share.
std::vector<Binding> bindings(Profile profile);

}  // namespace mua::screen

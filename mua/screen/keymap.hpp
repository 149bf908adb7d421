// Which key does what: profiles of keys as data, and a person's own bindings before them. A binding
// names a command of commands.hpp, with its argument if it has one. Keys of a sequence stand one
// after the other with blanks between.
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
  std::string_view command;  ///< "" takes a key its meaning
};

/// A binding of the settings.
struct OwnBinding {
  unsigned places = kInMail;
  std::string keys;
  std::string command;
  bool operator==(const OwnBinding&) const = default;
};

struct Keymap {
  Profile profile = Profile::kMutt;
  std::vector<OwnBinding> own;

  Keymap() = default;
  // A profile alone is a map of keys.
  Keymap(Profile p, std::vector<OwnBinding> o = {}) : profile(p), own(std::move(o)) {}
};

/// What the keys mean there: a command, the beginning of longer sequences, or nothing.
struct Meaning {
  std::string_view command;
  bool begins = false;
};
Meaning meaning_of(const Keymap& keymap, Place place, std::string_view keys);

/// The keys of a command there, for the help: "d", "g g"; several with blanks and commas between.
std::string keys_of(const Keymap& keymap, unsigned places, std::string_view command);

/// All bindings: a person's own, the profile's, those all profiles share. They refer to `keymap`.
std::vector<Binding> bindings(const Keymap& keymap);

}  // namespace mua::screen

#include "mua/screen/keymap.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace mua::screen {

namespace {

constexpr std::array kShared{
    Binding{kInMail, "j", "next"},
    Binding{kInList, "Down", "next"},
    Binding{kInMail, "k", "previous"},
    Binding{kInList, "Up", "previous"},
    Binding{kInReader, "Down", "scroll-down"},
    Binding{kInReader, "Up", "scroll-up"},
    Binding{kInMail, "PgDn", "page-down"},
    Binding{kInMail, "PgUp", "page-up"},
    Binding{kInMail, "Home", "first"},
    Binding{kInMail, "End", "last"},
    Binding{kInList, "Enter", "open"},
    Binding{kInReader, "Enter", "scroll-down"},
    Binding{kInReader, "Space", "page-down-or-next"},
    Binding{kInReader, "Backspace", "page-up"},
    Binding{kInList, "Space", "mark"},
    Binding{kInMail, "Tab", "next-unread"},
    Binding{kInMail, "q", "quit"},
    Binding{kInMail, "Esc", "back"},
    Binding{kInMail, "m", "compose"},
    Binding{kInMail, "r", "reply"},
    Binding{kInMail, "g", "reply-all"},
    Binding{kInMail, "f", "forward"},
    Binding{kInMail, "d", "delete"},
    Binding{kInMail, "u", "undo"},
    Binding{kInMail, "a", "archive"},
    Binding{kInMail, "F", "flag"},
    Binding{kInMail, "N", "unread"},
    Binding{kInList, "T", "threads"},
    Binding{kInList, "z", "fold"},
    Binding{kInList, "Z", "fold-all"},
    Binding{kInList, "Left", "fold close"},
    Binding{kInList, "Right", "fold open"},
    Binding{kInMail, "M-/", "search-all"},
    Binding{kInMail, "M-t", "theme"},
    Binding{kInMail, "/", "search"},
    Binding{kInMail, "n", "next-match"},
    Binding{kInMail, "l", "limit"},
    Binding{kInMail, "c", "folder"},
    Binding{kInMail, "s", "move"},
    Binding{kInMail, "|", "pipe"},
    Binding{kInMail, ":", "command"},
    Binding{kInMail, "?", "help"},
    Binding{kInMail, "b", "bounce"},
    Binding{kInMail, "M-f", "forward-attached"},
    Binding{kInLetter, "M-s", "sign"},
    Binding{kInLetter, "M-e", "encrypt"},
    Binding{kInMail, "e", "edit"},
    Binding{kInMail, "o", "outbox"},
    Binding{kInList, "*", "mark-all"},
    Binding{kInReader, "h", "headers"},
    Binding{kInMail, "v", "attachments"},
    Binding{kInReader, "L", "links"},
    Binding{kInReader, "I", "invitation"},
    Binding{kInMail, "$", "refresh"},
    Binding{kInMail, "C-c", "quit"},
    Binding{kEverywhere, "C-l", "redraw"},
    Binding{kEverywhere, "C-z", "suspend"},
    Binding{kEverywhere, "M-x", "commands"},
    Binding{kInMail, "C-p", "commands"},
    Binding{kInLetter, "C-p", "commands"},
    Binding{kInLetter, "C-x", "send"},
    Binding{kInLetter, "C-t", "attach"},
    Binding{kInLetter, "C-o", "editor"},
    Binding{kInLetter, "C-s", "postpone"},
    Binding{kInLetter, "Esc", "close"},
    Binding{kInLetter, "C-c", "close"},
    Binding{kInLetter, "C-g", "help"},
};

constexpr std::array kMutt{
    Binding{kInMail, "t", "mark"},       Binding{kInReader, "i", "back"},
    Binding{kInMail, "C-n", "next"},     Binding{kInMail, "=", "first"},
    Binding{kInMail, "G", "last"},       Binding{kInMail, "c", "folder"},
    Binding{kInMail, "y", "folder"},     Binding{kInList, "M-v", "fold"},
    Binding{kInList, "M-V", "fold-all"},
};

constexpr std::array kAerc{
    Binding{kInMail, "C", "compose"},
    Binding{kInMail, "g g", "first"},
    Binding{kInMail, "G", "last"},
    Binding{kInMail, "r r", "reply-all"},
    Binding{kInMail, "r q", "reply-all"},
    Binding{kInMail, "R r", "reply"},
    Binding{kInMail, "R q", "reply"},
    Binding{kInList, "v", "mark"},
    Binding{kInList, "V", "mark-all"},
    Binding{kInMail, "D", "delete"},
    Binding{kInMail, "\\", "limit"},
    Binding{kInReader, "H", "headers"},
    Binding{kInReader, "C-l", "links"},
    Binding{kInReader, "J", "next"},
    Binding{kInReader, "K", "previous"},
    Binding{kInReader, "j", "scroll-down"},
    Binding{kInReader, "k", "scroll-up"},
    Binding{kInMail, "C-f", "page-down"},
    Binding{kInMail, "C-b", "page-up"},
    Binding{kInList, "z a", "fold"},
    Binding{kInList, "z c", "fold close"},
    Binding{kInList, "z o", "fold open"},
    Binding{kInList, "z M", "fold-all close"},
    Binding{kInList, "z R", "fold-all open"},
};

constexpr std::array kAlpine{
    Binding{kInMail, "p", "previous"},   Binding{kInMail, "n", "next"},
    Binding{kInList, "v", "open"},       Binding{kInList, ">", "open"},
    Binding{kInReader, "<", "back"},     Binding{kInMail, "i", "back"},
    Binding{kInMail, "-", "page-up"},    Binding{kInMail, "y", "page-up"},
    Binding{kInMail, "c", "compose"},    Binding{kInMail, "g", "folder"},
    Binding{kInMail, "l", "folder"},     Binding{kInMail, ";", "limit"},
    Binding{kInMail, "w", "search"},     Binding{kInMail, "*", "flag"},
    Binding{kInMail, "A", "reply-all"},  Binding{kInReader, "H", "headers"},
    Binding{kInLetter, "C-j", "attach"},
};

std::span<const Binding> own(Profile profile) {
  switch (profile) {
    case Profile::kMutt: return kMutt;
    case Profile::kAerc: return kAerc;
    case Profile::kAlpine: return kAlpine;
  }
  return {};
}

}  // namespace

std::optional<Profile> parse_profile(std::string_view name) {
  if (name == "mutt") return Profile::kMutt;
  if (name == "aerc") return Profile::kAerc;
  if (name == "alpine") return Profile::kAlpine;
  return std::nullopt;
}

std::vector<Binding> bindings(const Keymap& keymap) {
  std::vector<Binding> out;
  for (const OwnBinding& binding : keymap.own) {
    out.push_back({binding.places, binding.keys, binding.command});
  }
  const auto profile = own(keymap.profile);
  out.insert(out.end(), profile.begin(), profile.end());
  out.insert(out.end(), kShared.begin(), kShared.end());
  return out;
}

Meaning meaning_of(const Keymap& keymap, Place place, std::string_view keys) {
  const std::string beginning = std::string(keys) + " ";
  for (const Binding& binding : bindings(keymap)) {
    if ((binding.places & place) == 0) continue;
    if (binding.keys == keys) return {binding.command, false};
    // A profile's own sequences hide what all profiles have on their first key.
    if (binding.keys.starts_with(beginning)) return {"", true};
  }
  return {};
}

std::string keys_of(const Keymap& keymap, unsigned places, std::string_view command) {
  std::string out;
  for (const Binding& binding : bindings(keymap)) {
    if (binding.command != command || (binding.places & places) == 0) continue;
    const Place place = (binding.places & places & kInList)     ? kInList
                        : (binding.places & places & kInReader) ? kInReader
                                                                : kInLetter;
    // Hidden by another of the profile.
    if (meaning_of(keymap, place, binding.keys).command != command) continue;
    if ((", " + out + ",").find(", " + std::string(binding.keys) + ",") != std::string::npos)
      continue;
    out += (out.empty() ? "" : ", ") + std::string(binding.keys);
  }
  return out;
}

}  // namespace mua::screen

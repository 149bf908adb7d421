#include "mua/screen/event.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "mua/screen/glyphs.hpp"

namespace mua::screen {

namespace {

constexpr std::array<std::string_view, 28> kKeyNames{
    "Enter", "Esc",   "Tab",  "BackTab", "Space", "Backspace", "Delete", "Insert", "Up", "Down",
    "Left",  "Right", "Home", "End",     "PgUp",  "PgDn",      "F1",     "F2",     "F3", "F4",
    "F5",    "F6",    "F7",   "F8",      "F9",    "F10",       "F11",    "F12"};

}  // namespace

bool is_key_name(std::string_view name) {
  const bool modified = name.starts_with("C-") || name.starts_with("M-");
  if (modified && name.size() > 2) name.remove_prefix(2);
  if (std::find(kKeyNames.begin(), kKeyNames.end(), name) != kKeyNames.end()) return true;
  return name != " " && glyphs(name).size() == 1;
}

std::string typed(const Key& key) {
  if (key.name == "Space") return " ";
  const bool is_ascii = static_cast<unsigned char>(key.name.front()) < 0x80;
  return !is_ascii || key.name.size() == 1 ? key.name : "";
}

}  // namespace mua::screen

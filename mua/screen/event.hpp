// What comes in from a terminal. A key is its name: a character as it is typed ("j", "가", "?"), or
// one of Enter Esc Tab BackTab Space Backspace Delete Insert Up Down Left Right Home End PgUp PgDn
// F1 to F12; with C- or M- in front for Control and Alt ("C-p", "M-Enter").
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "mua/screen/canvas.hpp"

namespace mua::screen {

struct Key {
  std::string name;
  bool operator==(const Key&) const = default;
};

struct Mouse {
  enum class Action { kClick, kWheelUp, kWheelDown };
  Action action = Action::kClick;
  Position at;
};

struct Pasted {
  std::string text;
};

struct Resized {};

using Event = std::variant<Key, Mouse, Pasted, Resized>;

/// Whether a key can have that name.
bool is_key_name(std::string_view name);

/// What the key types into a field; "" when it types nothing.
std::string typed(const Key& key);

}  // namespace mua::screen

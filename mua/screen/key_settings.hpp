// A person's own keys, from the settings.
//
//   [[key]]
//   keys = "g i"             # as they are pressed, with blanks between: C-n, M-v, Enter, PgDn, F5
//   ... command = "folder INBOX" # a command and what follows it; "" takes the key its meaning in =
//   ["list"]            # list, reader, letter; default: list and reader, as far as the
//                            # command means something there
#pragma once

#include <vector>

#include "mua/screen/keymap.hpp"

namespace conf {
class TableReader;
}

namespace mua::screen {

/// Every [[key]] of the file; throws conf::SettingsError with the place for a key or command that
/// isn't one, for a key that types text where text is typed, and for keys that hide one another.
std::vector<OwnBinding> read_keys(conf::TableReader& file);

}  // namespace mua::screen

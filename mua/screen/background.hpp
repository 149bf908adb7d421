// Starts programs beside mua: a desktop's note, a command on new mail.
#pragma once

#include "mua/screen/notify.hpp"

namespace mua::screen {

/// Returns at once; the program has /dev/null for a terminal, and nobody hears how it ends.
void run_in_background(const Background& program);

/// Whether notify-send is here and there is a desktop to show what it says.
bool has_desktop();

}  // namespace mua::screen

// An invitation as a card in the reader: what, when in the person's own zone, where, who, and how
// often. Pure, but for that zone (TZ).
#pragma once

#include <string>
#include <vector>

#include "mua/calendar/invitation.hpp"
#include "mua/screen/line.hpp"

namespace mua::screen {

std::vector<Line> invitation_card(const calendar::Invitation& invitation, int columns);

/// "Fri 27 Nov 2026, 14:00 to 15:30 (15:00 in Europe/Berlin)"
std::string when_words(const calendar::When& when);

}  // namespace mua::screen

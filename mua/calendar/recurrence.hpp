// How often something recurs, in words. Pure.
#pragma once

#include <string>

namespace mua::calendar {

/// "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10" (RFC 5545 §3.3.10) as "every 2 weeks on Monday and
/// Wednesday, 10 times"; "recurs" when it can't be read or told.
std::string recurrence_words(const std::string& rule);

}  // namespace mua::calendar

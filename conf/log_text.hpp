// How an event is written, without its time and level: `delivered queue_id=7 reply="250 ok"` for
// people, `"event":"delivered","queue_id":"7"` for machines. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "conf/log.hpp"

namespace conf {

enum class LogForm { kHuman, kJson };

std::string log_text(LogForm form, std::string_view event, std::initializer_list<Field> fields);

}  // namespace conf

// Logging: one line an event on stderr, for people or as JSON. An event is a name and fields, so
// that both forms carry the same. Never log a password or anything of a message's content.
#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "conf/settings.hpp"

namespace conf {

enum class Level { kDebug, kInfo, kWarning, kError };

/// One field of an event; any formattable value.
struct Field {
  std::string_view name;
  std::string value;
  template <class T>
  Field(std::string_view field_name, const T& field_value)
      : name(field_name), value(fmt::format("{}", field_value)) {}
};

/// Sets level and form for the process; callable again on SIGHUP. `program` is the name each line
/// carries.
void start_log(std::string_view program, const LogSettings& settings);

/// `log(Level::kInfo, "delivered", {{"queue_id", id}, {"account", name}})`. Safe from every thread.
/// Control characters in values are escaped, so that a peer can't write a line of its own.
void log(Level level, std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace conf

#include "conf/value_error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace conf {

// A default that no key stands for is nowhere in the file.
SettingsError placed(const ValueError& error, const Settings& settings) {
  const auto place = std::ranges::find(settings.places, error.value(), &Place::value);
  const bool found = place != settings.places.end();
  return SettingsError(
      fmt::format("{}: {}", found ? place->where : settings.file.string(), error.what()));
}

}  // namespace conf

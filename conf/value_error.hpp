// A value of the settings that reads well and turns out wrong when it is used: a file that isn't
// there, an address of another machine. Who uses it knows what was expected of it and throws this;
// who has the settings knows where it stands.
#pragma once

#include <stdexcept>
#include <string>

#include "conf/settings.hpp"

namespace conf {

class ValueError : public std::runtime_error {
 public:
  /// `value` as Settings has it: a path, an endpoint as format_endpoint writes it, a name.
  ValueError(std::string value, const std::string& what)
      : std::runtime_error(what), value_(std::move(value)) {}

  const std::string& value() const { return value_; }

 private:
  std::string value_;
};

/// What is wrong, where the settings say it.
SettingsError placed(const ValueError& error, const Settings& settings);

/// What `use` returns. A value that it finds wrong is a SettingsError with its place.
template <class Use>
auto use_values(const Settings& settings, Use use) {
  try {
    return use();
  } catch (const ValueError& error) {
    throw placed(error, settings);
  }
}

}  // namespace conf

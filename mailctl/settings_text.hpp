// A settings file made from the commented sample: values are put in, every comment stays. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace mailctl {

/// The sample with the values of the keys replaced; keys are named "hostname", "tls.ca", values are
/// TOML. Throws std::logic_error for a key that the sample doesn't set.
std::string fill_sample(std::string_view sample, std::map<std::string, std::string> values);

/// A TOML basic string.
std::string toml_string(std::string_view text);

}  // namespace mailctl

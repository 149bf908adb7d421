#include "mailctl/settings_text.hpp"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

namespace mailctl {

std::string fill_sample(std::string_view sample, std::map<std::string, std::string> values) {
  std::istringstream lines{std::string(sample)};
  std::string filled, section;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1) + ".";
    const auto key = line.substr(0, line.find(" = "));
    if (auto value = values.extract(section + key)) line = key + " = " + value.mapped();
    filled += line + "\n";
  }
  if (!values.empty())
    throw std::logic_error("the sample settings do not set " + values.begin()->first);
  return filled;
}

// basic-string = %x22 *basic-char %x22
std::string toml_string(std::string_view text) {
  std::string written = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') written += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      written += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      written += c;
  }
  return written + "\"";
}

}  // namespace mailctl

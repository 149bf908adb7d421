#include "mail/header.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace mail {
namespace {

// The line that starts at `begin`, its line end included.
std::string_view line_at(std::string_view text, std::size_t begin) {
  const std::size_t end = text.find('\n', begin);
  return text.substr(begin, end == std::string_view::npos ? end : end + 1 - begin);
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// ftext = %d33-57 / %d59-126 (RFC 5322 §3.6.8); 8-bit octets pass as RFC 6532 has them.
bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) > 32 && c != 127;
  });
}

HeaderField split(std::string_view whole) {
  const std::string_view text = without_line_end(whole);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {{}, text, whole};
  std::string_view name = text.substr(0, colon);
  while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
  if (!is_field_name(name)) return {{}, text, whole};
  return {name, text.substr(colon + 1), whole};
}

}  // namespace

bool HeaderField::is(std::string_view lower_case_name) const {
  return same_ignoring_case(name, lower_case_name);
}

// field = field-name ":" unstructured CRLF, folded lines begin with a blank
std::optional<HeaderField> HeaderReader::next() {
  if (ended_ || position_ >= text_.size()) return std::nullopt;
  const std::size_t begin = position_;
  const std::string_view first = line_at(text_, begin);
  position_ += first.size();
  if (first == "\r\n" || first == "\n") {
    ended_ = true;
    return std::nullopt;
  }
  while (position_ < text_.size() && is_blank(text_[position_])) {
    position_ += line_at(text_, position_).size();
  }
  return split(text_.substr(begin, position_ - begin));
}

std::size_t header_size(std::string_view message) {
  std::size_t position = 0;
  while (position < message.size()) {
    const std::string_view line = line_at(message, position);
    position += line.size();
    if (line == "\r\n" || line == "\n") break;
  }
  return position;
}

std::optional<HeaderField> find_field(std::string_view message, std::string_view name) {
  HeaderReader reader(message);
  while (auto field = reader.next()) {
    if (field->is(name)) return field;
  }
  return std::nullopt;
}

std::vector<HeaderField> find_fields(std::string_view message, std::string_view name) {
  std::vector<HeaderField> found;
  HeaderReader reader(message);
  while (auto field = reader.next()) {
    if (field->is(name)) found.push_back(*field);
  }
  return found;
}

std::string unfold(std::string_view value) {
  value = trim(value);
  std::string text;
  text.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool line_end = c == '\n' || (c == '\r' && i + 1 < value.size() && value[i + 1] == '\n');
    if (line_end) continue;
    text += c == '\r' || c == '\0' ? ' ' : c;
  }
  return text;
}

std::string field_value(std::string_view message, std::string_view name) {
  const auto field = find_field(message, name);
  return field ? unfold(field->value) : std::string();
}

}  // namespace mail

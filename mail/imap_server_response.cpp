#include "mail/imap_server_response.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "mail/ascii.hpp"

namespace mail::imap {

namespace {

constexpr std::array<std::pair<std::string_view, Condition>, 5> kConditions{{
    {"OK", Condition::kOk},
    {"NO", Condition::kNo},
    {"BAD", Condition::kBad},
    {"BYE", Condition::kBye},
    {"PREAUTH", Condition::kPreauth},
}};

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

/// Cuts the next word off the front of `text`, with the spaces after it.
std::string_view next_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  while (text.starts_with(' ')) text.remove_prefix(1);
  return word;
}

std::optional<Condition> condition_of(std::string_view word) {
  for (const auto& [name, condition] : kConditions) {
    if (same_ignoring_case(word, name)) return condition;
  }
  return std::nullopt;
}

// resp-text = ["[" resp-text-code "]" SP] [text]                              RFC 9051 §9
Status parse_status(std::string_view tag, Condition condition, std::string_view rest) {
  Status status{std::string(tag), condition, {}, ""};
  const std::size_t end = rest.starts_with('[') ? rest.find(']') : std::string_view::npos;
  if (end != std::string_view::npos) {
    std::string_view code = rest.substr(1, end - 1);
    status.code.name = upper(next_word(code));
    status.code.arguments = code;
    rest = trim(rest.substr(end + 1));
  }
  status.text = rest;
  return status;
}

Result<Response, std::string> parse_data(std::string_view rest) {
  Data data;
  std::string_view word = next_word(rest);
  const Node first{Node::Kind::kAtom, std::string(word), {}};
  if (!word.empty() && is_digit(word.front())) {
    const auto number = first.number();
    if (!number || *number > UINT32_MAX) return unexpected(std::string("a number out of range"));
    data.number = static_cast<std::uint32_t>(*number);
    word = next_word(rest);
  }
  data.keyword = upper(word);
  if (data.keyword.empty()) return unexpected(std::string("a response without a keyword"));
  auto values = parse_nodes(rest);
  if (!values) return unexpected(values.error());
  data.values = std::move(*values);
  return data;
}

}  // namespace

std::string to_line(const Status& status) {
  std::string line;
  for (const auto& [name, condition] : kConditions) {
    if (condition == status.condition) line = name;
  }
  if (!status.code.name.empty()) {
    line += " [" + status.code.name;
    if (!status.code.arguments.empty()) line += " " + status.code.arguments;
    line += "]";
  }
  if (!status.text.empty()) line += " " + status.text;
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

// response = *(continue-req / response-data) response-done                    RFC 9051 §9
Result<Response, std::string> parse_response(std::string_view text) {
  if (text.starts_with('+')) return Continuation{std::string(trim(text.substr(1)))};
  const std::string_view tag = next_word(text);
  if (tag.empty()) return unexpected(std::string("an empty response"));
  std::string_view rest = text;
  const auto condition = condition_of(next_word(rest));
  if (condition) return parse_status(tag == "*" ? "" : tag, *condition, rest);
  if (tag != "*") return unexpected("not an IMAP response: " + std::string(tag.substr(0, 80)));
  return parse_data(text);
}

}  // namespace mail::imap

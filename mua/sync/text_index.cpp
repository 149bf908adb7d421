#include "mua/sync/text_index.hpp"

#include <algorithm>
#include <vector>

#include "mail/searchable.hpp"

namespace mua::sync {

namespace {

// More of them narrow the candidates little and cost a look-up each.
constexpr std::size_t kMostTrigrams = 12;
// A longer text has most trigrams of its language.
constexpr std::size_t kLargestText = 1u << 20;

std::vector<std::size_t> boundaries(std::string_view utf8) {
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if ((static_cast<unsigned char>(utf8[i]) & 0xc0) != 0x80) at.push_back(i);
  }
  at.push_back(utf8.size());
  return at;
}

std::string folded_text(std::string_view text) {
  std::string folded = mail::casefold(text.substr(0, kLargestText));
  std::replace(folded.begin(), folded.end(), '\0', ' ');
  return folded;
}

}  // namespace

void index_header(mailstore::Database& database, MessageId message, const HeaderTexts& texts) {
  database.run("INSERT INTO header_text (rowid, sender, recipients, subject) VALUES (?, ?, ?, ?)",
               message, folded_text(texts.sender), folded_text(texts.recipients),
               folded_text(texts.subject));
}

void index_body(mailstore::Database& database, MessageId message, std::string_view text) {
  database.run("INSERT INTO body_text (rowid, text) VALUES (?, ?)", message, folded_text(text));
}

void forget_header(mailstore::Database& database, MessageId message, const HeaderTexts& texts) {
  database.run(
      "INSERT INTO header_text (header_text, rowid, sender, recipients, subject) VALUES "
      "('delete', ?, ?, ?, ?)",
      message, folded_text(texts.sender), folded_text(texts.recipients),
      folded_text(texts.subject));
}

void forget_body(mailstore::Database& database, MessageId message, std::string_view text) {
  database.run("INSERT INTO body_text (body_text, rowid, text) VALUES ('delete', ?, ?)", message,
               folded_text(text));
}

// "abcd" → `"abc" AND "bcd"`, spread evenly over a long text; `sender : ("abc" AND "bcd")`
std::optional<std::string> match_expression(std::string_view folded, std::string_view column) {
  const std::vector<std::size_t> at = boundaries(folded);
  if (at.size() < 4 || folded.find('\0') != std::string_view::npos) return std::nullopt;
  const std::size_t all = at.size() - 3, some = std::min(all, kMostTrigrams);
  std::string expression;
  for (std::size_t i = 0; i < some; ++i) {
    const std::size_t first = some == 1 ? 0 : i * (all - 1) / (some - 1);
    if (i > 0) expression += " AND ";
    expression += '"';
    for (const char c : folded.substr(at[first], at[first + 3] - at[first])) {
      if (c == '"') expression += '"';
      expression += c;
    }
    expression += '"';
  }
  if (column.empty()) return expression;
  return std::string(column) + " : (" + expression + ")";
}

}  // namespace mua::sync

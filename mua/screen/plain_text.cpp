#include "mua/screen/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/screen/list_view.hpp"

namespace mua::screen {

namespace {

constexpr std::uint32_t kMostNumbers = 100'000;

std::string states_of(const sync::Row& row) {
  std::string out;
  if (row.unread() || row.folded_unread > 0) out += "unread, ";
  if (row.flags.system & mail::kFlagged) out += "flagged, ";
  if (row.flags.system & mail::kAnswered) out += "answered, ";
  return out;
}

std::string one_line(std::string text) {
  const auto both = [](char a, char b) { return a == ' ' && b == ' '; };
  text.erase(std::unique(text.begin(), text.end(), both), text.end());
  while (text.ends_with(' ')) text.pop_back();
  while (text.starts_with(' ')) text.erase(0, 1);
  return text;
}

const char* read_number(const char* begin, const char* end, std::uint32_t& value) {
  const auto [stop, error] = std::from_chars(begin, end, value);
  return error == std::errc() && value > 0 ? stop : nullptr;
}

}  // namespace

std::string plain_row(const sync::Row& row, std::uint32_t line, std::int64_t now, bool marked) {
  std::string out = fmt::format("{}. {}{}{}: {}, {}", line + 1, marked ? "marked, " : "",
                                states_of(row), printable(people_text(row.from)),
                                row.subject.empty() ? "(no subject)" : printable(row.subject),
                                one_line(short_date(row.date, now)));
  if (row.has_attachment) out += ", with attachment";
  if (row.folded > 1) out += fmt::format(", thread of {} messages", row.folded);
  return out;
}

std::string plain_page(const ReadMessage& message, int columns) {
  std::string out;
  for (const Line& line : make_page(message, columns)) out += line.text + "\n";
  return out;
}

std::string plain_choices(const Picker& picker) {
  std::string out = picker.title() + "\n";
  std::size_t number = 0;
  for (const Choice& choice : picker.choices()) {
    out += fmt::format("{}. {}{}{}\n", ++number, one_line(choice.text),
                       choice.note.empty() ? "" : ", ", choice.note);
  }
  return out;
}

std::string plain_letter(const Letter& letter) {
  std::string out;
  const auto field = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += fmt::format("{}: {}\n", name, value);
  };
  field("To", letter.to);
  field("Cc", letter.cc);
  field("Bcc", letter.bcc);
  field("Subject", letter.subject.empty() ? "(none)" : letter.subject);
  for (const Enclosure& one : letter.enclosures) {
    field("Attached", one.path.empty() ? one.name : one.path);
  }
  return out + "\n" + letter.text + (letter.text.ends_with('\n') ? "" : "\n");
}

std::vector<std::uint32_t> parse_numbers(const std::string& text) {
  std::vector<std::uint32_t> out;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    std::uint32_t first = 0, last = 0;
    at = read_number(at, end, first);
    if (!at) return {};
    last = first;
    if (at != end && *at == '-') at = read_number(at + 1, end, last);
    if (!at || last < first || last - first > kMostNumbers) return {};
    for (std::uint32_t line = first; line <= last; ++line) out.push_back(line);
    if (at != end && *at++ != ',') return {};
  }
  return out;
}

}  // namespace mua::screen

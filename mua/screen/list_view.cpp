#include "mua/screen/list_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mua/rows.hpp"

namespace mua::screen {

namespace {

constexpr int kMarks = 4;
constexpr int kDate = 12;
constexpr unsigned kMaxIndent = 8;

std::string people_of(const sync::Row& row, ListPicture::People people) {
  return people_text(people == ListPicture::People::kRecipients ? row.to : row.from);
}

std::string subject_of(const sync::Row& row) {
  std::string indent;
  if (row.depth > 0) {
    indent = std::string(2 * (std::min(row.depth, kMaxIndent) - 1), ' ') + "└ ";
  }
  // "[5]": messages that are folded into this line.
  const std::string folded = row.folded > 1 ? fmt::format("[{}] ", row.folded) : "";
  return indent + folded + (row.subject.empty() ? "(no subject)" : row.subject);
}

Tone tone_of(const sync::Row& row, const ListPicture& list) {
  if (list.marked.count(row.id) > 0) return Tone::kMarked;
  if (row.flags.system & mail::kFlagged) return Tone::kFlagged;
  return row.unread() || row.folded_unread > 0 ? Tone::kUnread : Tone::kText;
}

void paint_row(Canvas& canvas, Area line, std::size_t number, const ListPicture& list) {
  const sync::Row& row = list.rows[number];
  const Style style{tone_of(row, list), list.top + number == list.cursor};
  canvas.fill({line.row, line.column, 1, line.columns}, style);
  int at = line.column;
  const int end = line.column + line.columns;
  const auto put = [&](std::string_view text, int width) {
    canvas.put({line.row, at}, text, style, std::min(width, end - at));
    at += width + 1;
  };
  put(list.marked.count(row.id) > 0 ? "*" : " ", 1);
  at -= 1;
  put(marks_of(row), kMarks);
  if (line.columns >= 60) put(short_date(row.date, list.now), kDate);
  put(people_of(row, list.people), std::clamp(line.columns / 4, 10, 30));
  if (const auto folder = list.folders.find(row.folder); folder != list.folders.end()) {
    put(folder->second, std::clamp(line.columns / 8, 7, 16));
  }
  put(subject_of(row), std::max(end - at, 0));
}

}  // namespace

std::string people_text(const std::vector<mail::NamedAddress>& people) {
  std::string out;
  for (const mail::NamedAddress& one : people) {
    if (!out.empty()) out += ", ";
    out += one.name.empty() ? one.address.to_string() : one.name;
  }
  return out;
}

std::string marks_of(const sync::Row& row) {
  const auto& keywords = row.flags.keywords;
  const bool forwarded =
      std::find(keywords.begin(), keywords.end(), "$Forwarded") != keywords.end();
  std::string out;
  out += row.unread() || row.folded_unread > 0  ? 'N'
         : (row.flags.system & mail::kAnswered) ? 'A'
         : forwarded                            ? '>'
                                                : ' ';
  out += (row.flags.system & mail::kFlagged) ? 'F' : ' ';
  out += row.has_attachment ? '@' : ' ';
  out += row.pending ? '~' : ' ';
  return out;
}

void paint(Canvas& canvas, Area area, const ListPicture& list) {
  canvas.fill(area, {});
  if (list.rows.empty()) {
    canvas.put({area.row + 1, area.column + 2}, list.empty, {Tone::kDim, false}, area.columns - 2);
    return;
  }
  for (int i = 0; i < area.rows && i < static_cast<int>(list.rows.size()); ++i) {
    paint_row(canvas, {area.row + i, area.column, 1, area.columns}, static_cast<std::size_t>(i),
              list);
  }
}

}  // namespace mua::screen

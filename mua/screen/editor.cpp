#include "mua/screen/editor.hpp"

#include <algorithm>

#include "mua/screen/line_edit.hpp"
#include "mua/screen/wrap.hpp"

namespace mua::screen {

namespace {

constexpr int kBreakAt = 76;
constexpr std::size_t kMaxPast = 200;

bool is_quoted(std::string_view line) { return line.starts_with('>'); }

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out(1);
  for (char c : text) {
    if (c == '\n')
      out.emplace_back();
    else if (c != '\r')
      out.back() += c;
  }
  return out;
}

Tone tone_of(std::string_view line) {
  if (!is_quoted(line)) return line == "-- " ? Tone::kDim : Tone::kText;
  unsigned depth = 0;
  for (char c : line) {
    if (c == '>')
      ++depth;
    else if (c != ' ')
      break;
  }
  return depth % 3 == 1 ? Tone::kQuote1 : depth % 3 == 2 ? Tone::kQuote2 : Tone::kQuote3;
}

}  // namespace

Editor::Editor(std::string_view text) : lines_(split(text)) {}

std::string Editor::text() const {
  std::string out;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (i > 0) out += '\n';
    out += lines_[i];
  }
  return out;
}

void Editor::go_to(Place place) {
  cursor_.line = std::min(place.line, lines_.size() - 1);
  cursor_.at = std::min(place.at, line().size());
}

bool Editor::press(const Key& key) {
  const bool was_cutting = cutting_;
  cutting_ = false;
  if (key.name != "Up" && key.name != "Down" && key.name != "C-n") wanted_column_ = -1;
  if (move(key.name)) {
    last_edit_ = Edit::kNone;
    return true;
  }
  if (key.name == "C-k") {
    if (!was_cutting) cut_.clear();
    cut_line();
    cutting_ = true;
    return true;
  }
  if (edit(key.name)) return true;
  const std::string text = key.name == "Tab" ? "    " : typed(key);
  if (text.empty()) return false;
  remember(Edit::kTyping);
  line().insert(cursor_.at, text);
  cursor_.at += text.size();
  if (text != " ") break_long_line();
  return true;
}

bool Editor::move(const std::string& key) {
  if (key == "Left" || key == "C-b")
    left();
  else if (key == "Right" || key == "C-f")
    right();
  else if (key == "M-b" || key == "C-Left")
    word_left();
  else if (key == "M-f" || key == "C-Right")
    word_right();
  else if (key == "Home" || key == "C-a")
    cursor_.at = 0;
  else if (key == "End" || key == "C-e")
    cursor_.at = line().size();
  else if (key == "M-<" || key == "C-Home")
    cursor_ = {};
  else if (key == "M->" || key == "C-End")
    go_to({lines_.size(), std::string::npos});
  else if (key == "Down" || key == "C-n")
    move_rows(1);
  else if (key == "PgUp")
    move_rows(-(height_ - 1));
  else if (key == "PgDn" || key == "C-v")
    move_rows(height_ - 1);
  else if (key == "Up" && row_of(rows()) > 0)
    move_rows(-1);
  else
    return false;
  return true;
}

bool Editor::edit(const std::string& key) {
  if (key == "Enter")
    new_line();
  else if (key == "Backspace")
    backspace();
  else if (key == "Delete" || key == "C-d")
    erase_forward();
  else if (key == "C-w" || key == "M-Backspace")
    erase_word();
  else if (key == "C-u")
    put_back();
  else if (key == "M-q" || key == "C-j")
    fill_paragraph();
  else if (key == "M-u" || key == "C-_")
    undo();
  else
    return false;
  return true;
}

void Editor::insert(std::string_view text) {
  remember(Edit::kOther);
  std::vector<std::string> parts = split(text);
  const std::string rest = line().substr(cursor_.at);
  line().erase(cursor_.at);
  line() += parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(++cursor_.line), parts[i]);
  }
  cursor_.at = line().size();
  line() += rest;
}

void Editor::left() {
  if (cursor_.at > 0) {
    cursor_.at = glyph_before(line(), cursor_.at);
  } else if (cursor_.line > 0) {
    --cursor_.line;
    cursor_.at = line().size();
  }
}

void Editor::right() {
  if (cursor_.at < line().size()) {
    cursor_.at = glyph_after(line(), cursor_.at);
  } else if (cursor_.line + 1 < lines_.size()) {
    cursor_ = {cursor_.line + 1, 0};
  }
}

void Editor::word_left() {
  if (cursor_.at == 0) return left();
  while (cursor_.at > 0 && line()[cursor_.at - 1] == ' ') --cursor_.at;
  while (cursor_.at > 0 && line()[cursor_.at - 1] != ' ') --cursor_.at;
}

void Editor::word_right() {
  if (cursor_.at == line().size()) return right();
  while (cursor_.at < line().size() && line()[cursor_.at] != ' ') ++cursor_.at;
  while (cursor_.at < line().size() && line()[cursor_.at] == ' ') ++cursor_.at;
}

std::vector<Editor::Row> Editor::rows() const {
  std::vector<Row> out;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    for (const Piece& piece : break_line(lines_[i], width_))
      out.push_back({i, piece.begin, piece.end});
  }
  return out;
}

std::size_t Editor::row_of(const std::vector<Row>& rows) const {
  std::size_t found = 0;
  for (std::size_t i = 0; i < rows.size() && rows[i].line <= cursor_.line; ++i) {
    if (rows[i].line < cursor_.line || rows[i].begin <= cursor_.at) found = i;
  }
  return found;
}

void Editor::move_rows(int by) {
  const std::vector<Row> all = rows();
  const std::size_t from = row_of(all);
  const std::string_view here(line());
  if (wanted_column_ < 0) {
    wanted_column_ = columns(here.substr(all[from].begin, cursor_.at - all[from].begin));
  }
  const auto last = static_cast<std::ptrdiff_t>(all.size()) - 1;
  const Row& to = all[static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(from) + by, 0, last))];
  const bool line_goes_on = to.end < lines_[to.line].size();
  int column = 0;
  cursor_ = {to.line, to.begin};
  const std::string_view piece =
      std::string_view(lines_[to.line]).substr(to.begin, to.end - to.begin);
  for (const Glyph& glyph : glyphs(piece)) {
    if (column + glyph.width > wanted_column_) return;
    column += glyph.width;
    cursor_.at = to.begin + glyph.offset + glyph.text.size();
  }
  cursor_.at = line_goes_on ? glyph_before(lines_[to.line], to.end) : to.end;
}

void Editor::remember(Edit edit) {
  const bool goes_on = edit == last_edit_ && edit != Edit::kOther;
  last_edit_ = edit;
  if (goes_on) return;
  if (past_.size() == kMaxPast) past_.erase(past_.begin());
  past_.push_back({lines_, cursor_});
}

void Editor::undo() {
  if (past_.empty()) return;
  lines_ = std::move(past_.back().lines);
  cursor_ = past_.back().cursor;
  past_.pop_back();
  last_edit_ = Edit::kNone;
}

void Editor::new_line() {
  remember(Edit::kOther);
  const std::string rest = line().substr(cursor_.at);
  line().erase(cursor_.at);
  lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(cursor_.line) + 1, rest);
  cursor_ = {cursor_.line + 1, 0};
}

void Editor::backspace() {
  remember(Edit::kErasing);
  if (cursor_.at > 0) {
    const std::size_t begin = glyph_before(line(), cursor_.at);
    line().erase(begin, cursor_.at - begin);
    cursor_.at = begin;
  } else if (cursor_.line > 0) {
    const std::string rest = line();
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(cursor_.line));
    --cursor_.line;
    cursor_.at = line().size();
    line() += rest;
  }
}

void Editor::erase_forward() {
  const Place before = cursor_;
  right();
  if (cursor_ != before) backspace();
}

void Editor::erase_word() {
  remember(Edit::kOther);
  if (cursor_.at == 0) return backspace();
  const std::size_t end = cursor_.at;
  word_left();
  line().erase(cursor_.at, end - cursor_.at);
}

/// Typing never makes a line that has to be broken by others.
void Editor::break_long_line() {
  if (is_quoted(line()) || cursor_.at < line().size() || columns(line()) <= kBreakAt) return;
  const Piece first = break_line(line(), kBreakAt).front();
  if (first.end >= line().size()) return;
  // A word that is too long by itself, an address mostly, stays whole.
  const bool at_blank = line()[first.end - 1] == ' ';
  const bool wide = static_cast<unsigned char>(line()[first.end]) >= 0x80;
  if (!at_blank && !wide) return;
  std::string rest = line().substr(first.end);
  line().erase(first.end);
  line().erase(line().find_last_not_of(' ') + 1);
  lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(cursor_.line) + 1, std::move(rest));
  ++cursor_.line;
  cursor_.at = line().size();
}

void Editor::cut_line() {
  remember(Edit::kOther);
  cut_ += line() + "\n";
  lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(cursor_.line));
  if (lines_.empty()) lines_.emplace_back();
  go_to({cursor_.line, 0});
}

void Editor::put_back() {
  if (cut_.empty()) return;
  cursor_.at = 0;
  insert(cut_);
}

void Editor::fill_paragraph() {
  if (line().empty() || is_quoted(line())) return;
  remember(Edit::kOther);
  const auto in_paragraph = [&](std::size_t i) {
    return !lines_[i].empty() && !is_quoted(lines_[i]);
  };
  std::size_t begin = cursor_.line, end = cursor_.line + 1;
  while (begin > 0 && in_paragraph(begin - 1)) --begin;
  while (end < lines_.size() && in_paragraph(end)) ++end;
  std::string whole;
  for (std::size_t i = begin; i < end; ++i) whole += (i > begin ? " " : "") + lines_[i];
  const std::vector<std::string> filled = wrap({0, whole}, kBreakAt);
  const auto at = lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(begin),
                               lines_.begin() + static_cast<std::ptrdiff_t>(end));
  lines_.insert(at, filled.begin(), filled.end());
  cursor_ = {begin + filled.size() - 1, filled.back().size()};
}

Position Editor::paint(Canvas& canvas, Area area) {
  width_ = std::max(area.columns, 10);
  height_ = std::max(area.rows, 1);
  const std::vector<Row> all = rows();
  const std::size_t here = row_of(all);
  const auto height = static_cast<std::size_t>(height_);
  if (here < top_) top_ = here;
  if (here >= top_ + height) top_ = here - height + 1;
  top_ = std::min(top_, all.size() - 1);
  for (std::size_t i = 0; i < height && top_ + i < all.size(); ++i) {
    const Row& row = all[top_ + i];
    const std::string_view text = lines_[row.line];
    canvas.put({area.row + static_cast<int>(i), area.column},
               text.substr(row.begin, row.end - row.begin), {tone_of(text), false}, area.columns);
  }
  const std::string_view text = lines_[cursor_.line];
  const int column = columns(text.substr(all[here].begin, cursor_.at - all[here].begin));
  return {area.row + static_cast<int>(here - top_),
          area.column + std::min(column, area.columns - 1)};
}

}  // namespace mua::screen

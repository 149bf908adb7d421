#include "mua/screen/line_edit.hpp"

#include <algorithm>

namespace mua::screen {

std::size_t glyph_before(std::string_view text, std::size_t at) {
  std::size_t found = 0;
  for (const Glyph& glyph : glyphs(text.substr(0, at))) found = glyph.offset;
  return found;
}

std::size_t glyph_after(std::string_view text, std::size_t at) {
  const std::vector<Glyph> rest = glyphs(text.substr(at));
  return rest.size() > 1 ? at + rest[1].offset : text.size();
}

std::size_t LineEdit::before() const { return glyph_before(text_, cursor_); }
std::size_t LineEdit::after() const { return glyph_after(text_, cursor_); }

std::size_t LineEdit::word_before() const {
  std::size_t at = cursor_;
  while (at > 0 && text_[at - 1] == ' ') --at;
  while (at > 0 && text_[at - 1] != ' ') --at;
  return at;
}

void LineEdit::erase(std::size_t begin, std::size_t end) {
  text_.erase(begin, end - begin);
  cursor_ = begin;
}

void LineEdit::insert(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  text_.insert(cursor_, line);
  cursor_ += line.size();
}

void LineEdit::set(std::string text) {
  text_ = std::move(text);
  cursor_ = text_.size();
}

bool LineEdit::press(const Key& key) {
  const std::string& name = key.name;
  if (name == "Left" || name == "C-b")
    cursor_ = before();
  else if (name == "Right" || name == "C-f")
    cursor_ = after();
  else if (name == "Home" || name == "C-a")
    cursor_ = 0;
  else if (name == "End" || name == "C-e")
    cursor_ = text_.size();
  else if (name == "Backspace")
    erase(before(), cursor_);
  else if (name == "Delete" || name == "C-d")
    erase(cursor_, after());
  else if (name == "C-k")
    erase(cursor_, text_.size());
  else if (name == "C-u")
    erase(0, cursor_);
  else if (name == "C-w")
    erase(word_before(), cursor_);
  else if (const std::string text = typed(key); !text.empty())
    insert(text);
  else
    return false;
  return true;
}

Position LineEdit::paint(Canvas& canvas, Area area, Style style) const {
  const std::vector<Glyph> row = glyphs(text_);
  int before = 0;
  for (const Glyph& glyph : row) {
    if (glyph.offset < cursor_) before += glyph.width;
  }
  const int hidden = std::max(0, before - (area.columns - 1));
  std::vector<Glyph> seen;
  int at = 0;
  for (const Glyph& glyph : row) {
    if (at >= hidden) seen.push_back(glyph);
    at += glyph.width;
  }
  int width = 0;
  while (!seen.empty() && columns(seen) > area.columns) seen.pop_back();
  for (const Glyph& glyph : seen) {
    if (glyph.offset < cursor_) width += glyph.width;
  }
  canvas.fill({area.row, area.column, 1, area.columns}, style);
  canvas.put({area.row, area.column}, seen, style, area.columns);
  return {area.row, area.column + std::min(width, area.columns - 1)};
}

}  // namespace mua::screen

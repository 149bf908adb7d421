#include "mua/screen/canvas.hpp"

#include <algorithm>

namespace mua::screen {

Canvas::Canvas(Size size)
    : size_{std::max(size.rows, 1), std::max(size.columns, 1)},
      cells_(static_cast<std::size_t>(size_.rows) * static_cast<std::size_t>(size_.columns)) {}

const Cell& Canvas::at(Position p) const { return *const_cast<Canvas*>(this)->cell(p); }

Cell* Canvas::cell(Position p) {
  return &cells_[static_cast<std::size_t>(p.row) * static_cast<std::size_t>(size_.columns) +
                 static_cast<std::size_t>(p.column)];
}

void Canvas::place(Position at, const Glyph& glyph, Style style) {
  Cell& to = *cell(at);
  // Half of a wide glyph is no glyph: what is left of one that is overwritten becomes a blank.
  if (to.width == 0 && at.column > 0) *cell({at.row, at.column - 1}) = {" ", 1, style};
  const int after = at.column + std::max<int>(to.width, 1);
  if (to.width == 2 && glyph.width == 1) cell({at.row, after - 1})->width = 1;
  to = {glyph.text, glyph.width, style};
  if (glyph.width == 2) {
    Cell& half = *cell({at.row, at.column + 1});
    if (half.width == 2) *cell({at.row, at.column + 2}) = {" ", 1, style};
    half = {"", 0, style};
  }
}

int Canvas::put(Position at, const std::vector<Glyph>& line, Style style, int most) {
  if (at.row < 0 || at.row >= size_.rows || at.column < 0) return 0;
  most = std::min(most, size_.columns - at.column);
  if (most <= 0) return 0;
  int used = 0;
  for (const Glyph& glyph : in_visual_order(cut(line, most))) {
    place({at.row, at.column + used}, glyph, style);
    used += glyph.width;
  }
  return used;
}

int Canvas::put(Position at, std::string_view text, Style style, int most) {
  return put(at, glyphs(text), style, most);
}

void Canvas::put_filled(Position at, std::string_view text, Style style, int most) {
  fill({at.row, at.column, 1, most}, style);
  put(at, text, style, most);
}

void Canvas::fill(Area area, Style style) {
  for (int row = std::max(area.row, 0); row < std::min(area.row + area.rows, size_.rows); ++row) {
    const int end = std::min(area.column + area.columns, size_.columns);
    for (int column = std::max(area.column, 0); column < end; ++column) {
      place({row, column}, {" ", 1, 0}, style);
    }
  }
}

void Canvas::frame(Area area, std::string_view title) {
  const Style line{Tone::kBorder, false};
  fill(area, {});
  const int bottom = area.row + area.rows - 1, right = area.column + area.columns - 1;
  for (int column = area.column; column <= right; ++column) {
    put({area.row, column}, "─", line, 1);
    put({bottom, column}, "─", line, 1);
  }
  for (int row = area.row; row <= bottom; ++row) {
    put({row, area.column}, row == area.row ? "┌" : row == bottom ? "└" : "│", line, 1);
    put({row, right}, row == area.row ? "┐" : row == bottom ? "┘" : "│", line, 1);
  }
  if (!title.empty()) {
    put({area.row, area.column + 2}, " " + std::string(title) + " ", {Tone::kTitle, false},
        area.columns - 4);
  }
}

std::string text_of(const Canvas& canvas) {
  std::string out;
  for (int row = 0; row < canvas.size().rows; ++row) {
    std::string line;
    for (int column = 0; column < canvas.size().columns; ++column) {
      line += canvas.at({row, column}).text;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace mua::screen

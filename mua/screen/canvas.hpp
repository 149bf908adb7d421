// A screen full of cells, painted anew for every picture: views write text into it, a Screen shows
// it. Nothing written can leave the rectangle it was written to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mua/screen/glyphs.hpp"
#include "mua/screen/style.hpp"

namespace mua::screen {

struct Size {
  int rows = 0, columns = 0;
  bool operator==(const Size&) const = default;
};

struct Position {
  int row = 0, column = 0;
  bool operator==(const Position&) const = default;
};

struct Area {
  int row = 0, column = 0;
  int rows = 0, columns = 0;
  bool contains(Position p) const {
    return p.row >= row && p.row < row + rows && p.column >= column && p.column < column + columns;
  }
  bool operator==(const Area&) const = default;
};

struct Cell {
  std::string text = " ";  ///< one glyph
  std::uint8_t width = 1;  ///< 0: the right half of the wide glyph before it
  Style style;
  bool operator==(const Cell&) const = default;
};

class Canvas {
 public:
  explicit Canvas(Size size);

  Size size() const { return size_; }
  Area area() const { return {0, 0, size_.rows, size_.columns}; }
  const Cell& at(Position p) const;

  /// One line of text, cut to `columns` (with "…") and to the canvas, right-to-left parts turned.
  /// Returns the columns it took.
  int put(Position at, std::string_view text, Style style, int columns);
  int put(Position at, const std::vector<Glyph>& line, Style style, int columns);
  /// As `put`, filled with blanks to `columns`.
  void put_filled(Position at, std::string_view text, Style style, int columns);
  void fill(Area area, Style style);
  /// A frame of lines around the area's edge, blanks inside.
  void frame(Area area, std::string_view title);

  std::optional<Position> cursor;

 private:
  Cell* cell(Position p);
  void place(Position at, const Glyph& glyph, Style style);

  Size size_;
  std::vector<Cell> cells_;
};

/// All lines, blanks at their ends taken off, each ended by LF.
std::string text_of(const Canvas& canvas);

}  // namespace mua::screen

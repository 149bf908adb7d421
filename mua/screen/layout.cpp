#include "mua/screen/layout.hpp"

#include <algorithm>

namespace mua::screen {

namespace {
constexpr int kTreeFrom = 110;
constexpr int kPreviewFrom = 160;
constexpr int kTreeColumns = 26;
}  // namespace

Layout layout_of(Size size, Pane pane) {
  Layout out;
  out.title = {0, 0, 1, size.columns};
  out.status = {size.rows - 1, 0, 1, size.columns};
  Area rest{1, 0, std::max(size.rows - 2, 1), size.columns};
  if (size.columns >= kTreeFrom) {
    out.folders = {rest.row, 0, rest.rows, kTreeColumns};
    rest.column = kTreeColumns;
    rest.columns -= kTreeColumns;
  }
  if (pane == Pane::kLetter) {
    out.letter = rest;
    return out;
  }
  if (size.columns < kPreviewFrom) {
    if (pane == Pane::kReader)
      out.reader = rest;
    else
      out.list = rest;
    return out;
  }
  const int half = rest.columns / 2;
  out.list = {rest.row, rest.column, rest.rows, half};
  out.reader = {rest.row, rest.column + half + 1, rest.rows, rest.columns - half - 1};
  return out;
}

}  // namespace mua::screen

#include "mua/screen/folder_view.hpp"

#include <algorithm>
#include <string>

namespace mua::screen {

namespace {

int top_line(const std::vector<sync::Folder>& folders, sync::FolderId current, int rows) {
  const auto here = std::find_if(folders.begin(), folders.end(),
                                 [&](const sync::Folder& f) { return f.id == current; });
  const int line = here == folders.end() ? 0 : static_cast<int>(here - folders.begin());
  const int last_top = std::max(static_cast<int>(folders.size()) - rows, 0);
  return std::clamp(line - rows / 2, 0, last_top);
}

void paint_border(Canvas& canvas, Area line) {
  canvas.put({line.row, line.column + line.columns - 1}, "│", {Tone::kBorder, false}, 1);
}

struct TreeLine {
  int indent;
  std::string name, unread;
  Style style;
};

void paint_line(Canvas& canvas, Area area, const TreeLine& line) {
  const int width = area.columns - 1;
  const auto digits = static_cast<int>(line.unread.size());
  const int room = width - 2 - digits - (digits == 0 ? 0 : 1);
  canvas.fill({area.row, area.column, 1, width}, line.style);
  const int indent = std::min(line.indent, room / 2);
  canvas.put({area.row, area.column + indent}, line.name, line.style, room - indent + 1);
  canvas.put({area.row, area.column + width - 1 - digits}, line.unread, line.style, digits);
}

}  // namespace

Leaf leaf_of(const sync::Folder& folder) {
  Leaf leaf{0, folder.name};
  if (folder.separator.empty()) return leaf;
  for (std::size_t at = folder.name.find(folder.separator); at != std::string::npos;
       at = folder.name.find(folder.separator, at + 1)) {
    ++leaf.depth;
    leaf.name = folder.name.substr(at + folder.separator.size());
  }
  return leaf;
}

void paint(Canvas& canvas, Area area, const std::vector<sync::Folder>& folders,
           sync::FolderId current) {
  canvas.fill(area, {});
  // Below the addresses of several accounts their folders stand further in.
  const bool several = !folders.empty() && folders.front().id == sync::kAllInboxes;
  const int top = top_line(folders, current, area.rows);
  for (int row = 0; row < area.rows; ++row) {
    const Area line{area.row + row, area.column, 1, area.columns};
    paint_border(canvas, line);
    if (top + row >= static_cast<int>(folders.size())) continue;
    const sync::Folder& folder = folders[static_cast<std::size_t>(top + row)];
    const Leaf leaf = leaf_of(folder);
    const Tone tone = !folder.selectable  ? Tone::kDim
                      : folder.unread > 0 ? Tone::kUnread
                                          : Tone::kText;
    const int below = several && folder.id > 0 ? 1 : 0;
    paint_line(canvas, line,
               {1 + below + 2 * leaf.depth,
                leaf.name,
                folder.unread > 0 ? std::to_string(folder.unread) : "",
                {tone, folder.id == current}});
  }
}

TreeAreas split_tree(Area area, std::size_t searches) {
  TreeAreas out{area, {area.row + area.rows, area.column, 0, area.columns}};
  if (searches == 0 || area.columns == 0) return out;
  // A line for the heading; half of the place is the folders' in any case.
  const int rows = std::min(static_cast<int>(searches) + 1, area.rows / 2);
  out.folders.rows -= rows;
  out.searches = {area.row + out.folders.rows, area.column, rows, area.columns};
  return out;
}

void paint_searches(Canvas& canvas, Area area, const std::vector<SearchLine>& searches) {
  if (area.rows < 2) return;
  canvas.fill(area, {});
  canvas.put({area.row, area.column + 1}, "Searches", {Tone::kDim, false}, area.columns - 2);
  for (int row = 0; row < area.rows; ++row) {
    const Area line{area.row + row, area.column, 1, area.columns};
    paint_border(canvas, line);
    if (row == 0 || row > static_cast<int>(searches.size())) continue;
    const SearchLine& search = searches[static_cast<std::size_t>(row - 1)];
    const Tone tone = search.unread.empty() ? Tone::kText : Tone::kUnread;
    paint_line(canvas, line, {1, search.name, search.unread, {tone, search.is_shown}});
  }
}

std::optional<std::size_t> search_at(Area area, std::size_t searches, Position at) {
  const int line = at.row - area.row - 1;
  if (!area.contains(at) || line < 0 || line >= static_cast<int>(searches)) return std::nullopt;
  return static_cast<std::size_t>(line);
}

sync::FolderId folder_at(const std::vector<sync::Folder>& folders, sync::FolderId current,
                         Area area, Position at) {
  if (!area.contains(at)) return 0;
  const int line = top_line(folders, current, area.rows) + at.row - area.row;
  if (line >= static_cast<int>(folders.size())) return 0;
  const sync::Folder& folder = folders[static_cast<std::size_t>(line)];
  return folder.selectable ? folder.id : 0;
}

}  // namespace mua::screen

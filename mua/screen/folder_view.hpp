// The folder tree as a picture: names indented by their place in the hierarchy, unread messages
// beside them. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mua/screen/canvas.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

void paint(Canvas& canvas, Area area, const std::vector<sync::Folder>& folders,
           sync::FolderId current);

/// The folder painted at that line; 0 when there is none.
sync::FolderId folder_at(const std::vector<sync::Folder>& folders, sync::FolderId current,
                         Area area, Position at);

/// A saved search as a line of the tree.
struct SearchLine {
  std::string name;
  std::string unread;     ///< "" for none
  bool is_shown = false;  ///< its results are in the list
};
/// Saved searches below the folders, where there is room.
void paint_searches(Canvas& canvas, Area area, const std::vector<SearchLine>& searches);

/// What of the tree's place is the folders' and what the searches'.
struct TreeAreas {
  Area folders, searches;
};
TreeAreas split_tree(Area area, std::size_t searches);

/// The search painted at that line; nullopt when there is none.
std::optional<std::size_t> search_at(Area area, std::size_t searches, Position at);

/// "Archive/2024" → how deep (1) and "2024".
struct Leaf {
  int depth = 0;
  std::string name;
};
Leaf leaf_of(const sync::Folder& folder);

}  // namespace mua::screen

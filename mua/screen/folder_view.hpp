// The folder tree as a picture: names indented by their place in the hierarchy, unread messages
// beside them. Pure.
#pragma once

#include <vector>

#include "mua/screen/canvas.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

void paint(Canvas& canvas, Area area, const std::vector<sync::Folder>& folders,
           sync::FolderId current);

/// The folder painted at that line; 0 when there is none.
sync::FolderId folder_at(const std::vector<sync::Folder>& folders, sync::FolderId current,
                         Area area, Position at);

/// "Archive/2024" → how deep (1) and "2024".
struct Leaf {
  int depth = 0;
  std::string name;
};
Leaf leaf_of(const sync::Folder& folder);

}  // namespace mua::screen

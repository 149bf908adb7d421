// Where the panes are: a title line, a status line, and between them the folder tree from 110
// columns on, the list, and beside it a message from 160 columns on. Pure.
#pragma once

#include "mua/screen/canvas.hpp"

namespace mua::screen {

enum class Pane { kList, kReader, kLetter };

struct Layout {
  Area title, status;
  Area folders;  ///< no columns: not shown
  Area list;     ///< no columns: a message or letter has its place
  Area reader;   ///< of a message being read, or of the preview
  Area letter;
};

/// `pane` is what the keys go to.
Layout layout_of(Size size, Pane pane);

}  // namespace mua::screen

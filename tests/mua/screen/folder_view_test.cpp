#include "mua/screen/folder_view.hpp"

#include <gtest/gtest.h>

namespace mua::screen {
namespace {

sync::Folder folder(sync::FolderId id, const std::string& name, std::uint32_t unread) {
  sync::Folder out;
  out.id = id;
  out.name = name;
  out.separator = "/";
  out.unread = unread;
  return out;
}

const std::vector<sync::Folder> kFolders{folder(1, "INBOX", 12), folder(2, "Archive", 0),
                                         folder(3, "Archive/2024", 3),
                                         folder(4, "Archive/2024/A very long name", 0)};

TEST(FolderView, IsATree) {
  Canvas canvas({5, 20});
  paint(canvas, canvas.area(), kFolders, 2);
  EXPECT_EQ(text_of(canvas),
            " INBOX          12 │\n"
            " Archive           │\n"
            "   2024          3 │\n"
            "     A very long … │\n"
            "                   │\n");
  EXPECT_TRUE(canvas.at({1, 3}).style.chosen);
}

TEST(FolderView, KnowsWhatWasClicked) {
  EXPECT_EQ(folder_at(kFolders, 2, {1, 0, 5, 20}, {3, 4}), 3);
  EXPECT_EQ(folder_at(kFolders, 2, {1, 0, 5, 20}, {5, 4}), 0);
  EXPECT_EQ(folder_at(kFolders, 2, {1, 0, 5, 20}, {0, 4}), 0);
}

TEST(FolderView, Leaves) {
  EXPECT_EQ(leaf_of(kFolders[3]).depth, 2);
  EXPECT_EQ(leaf_of(kFolders[0]).name, "INBOX");
}

}  // namespace
}  // namespace mua::screen

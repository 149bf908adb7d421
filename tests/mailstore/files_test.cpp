#include "mailstore/files.hpp"

#include <gtest/gtest.h>

#include <cerrno>

#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

TEST(Files, MakesFoldersWithTheirParents) {
  tests::TemporaryFolder temporary;
  const auto folder = temporary.path() / "a" / "b" / "c";
  make_folder(folder);
  make_folder(folder);
  make_folder(temporary.path() / "d" / "");
  EXPECT_TRUE(std::filesystem::is_directory(folder));
  EXPECT_TRUE(std::filesystem::is_directory(temporary.path() / "d"));
}

TEST(Files, NeverReplacesAFile) {
  tests::TemporaryFolder temporary;
  const auto file = temporary.path() / "file";
  write_all(create_file(file), "octets", file);
  EXPECT_EQ(std::filesystem::file_size(file), 6u);
  EXPECT_THROW(create_file(file), StoreError);
  EXPECT_THROW(open_file(temporary.path() / "none"), StoreError);
}

TEST(Files, AFullDiskIsToldFromOtherTrouble) {
  for (int error : {ENOSPC, EDQUOT, EACCES}) {
    try {
      errno = error;
      throw_file_error("/data/x", "written");
    } catch (const StoreError& thrown) {
      EXPECT_EQ(thrown.out_of_space, error != EACCES);
      EXPECT_NE(std::string(thrown.what()).find("/data/x"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace mailstore

#include "mailstore/content_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class ContentFilesTest : public testing::Test {
 protected:
  Content staged(std::string_view octets) {
    Staging staging(temporary.path(), 4);
    staging.write(octets);
    return staging.finish();
  }
  static std::filesystem::path made(const std::filesystem::path& folder) {
    std::filesystem::create_directory(folder);
    return folder;
  }

  tests::TemporaryFolder temporary;
  ContentFiles files{made(temporary.path() / "files")};
};

TEST_F(ContentFilesTest, LinksRatherThanCopies) {
  struct stat original {
  }, kept{};
  {
    const Content content = staged("0123456789");
    files.keep(content, 1);
    files.sync();
    ASSERT_EQ(::stat(content.file().c_str(), &original), 0);
  }
  ASSERT_EQ(::stat(files.path(1).c_str(), &kept), 0);
  EXPECT_EQ(original.st_ino, kept.st_ino);
  EXPECT_EQ(kept.st_nlink, 1u) << "the staging name is gone";
  EXPECT_EQ(files.open(1).view(), "0123456789");
}

TEST_F(ContentFilesTest, WritesWhatIsInMemory) {
  files.keep(Content::of("abc"), 2);
  EXPECT_EQ(files.read(2, 0, UINT64_MAX), "abc");
  EXPECT_EQ(files.read(2, 1, 1), "b");
  EXPECT_EQ(files.read(2, 2, 10), "c");
  EXPECT_EQ(files.read(2, 9, 10), "");
}

TEST_F(ContentFilesTest, ReplacesAnOrphan) {
  files.keep(Content::of("of a crash, and longer"), 3);
  files.keep(staged("the message"), 3);
  EXPECT_EQ(files.read(3, 0, UINT64_MAX), "the message");
}

TEST_F(ContentFilesTest, SaysWhenItIsGone) {
  EXPECT_EQ(files.read(4, 0, 1), std::nullopt);
  EXPECT_THROW(files.open(4), StoreError);
  files.keep(Content::of("abc"), 4);
  files.remove(4);
  files.remove(4);
  EXPECT_EQ(files.read(4, 0, 1), std::nullopt);
}

TEST_F(ContentFilesTest, SweepsFilesWithoutARow) {
  for (std::int64_t id : {1, 2, 3}) files.keep(Content::of("x"), id);
  files.sweep([](std::int64_t id) { return id == 2; });
  EXPECT_FALSE(files.read(1, 0, 1));
  EXPECT_TRUE(files.read(2, 0, 1));
  EXPECT_FALSE(files.read(3, 0, 1));
}

}  // namespace
}  // namespace mailstore

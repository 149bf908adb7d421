// What a Content shares is private to it: it is looked at through those who fill it.
#include "mailstore/content_impl.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "mailstore/content_files.hpp"
#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

class ContentImplTest : public testing::Test {
 protected:
  Content kept(const std::string& octets) {
    std::ofstream(files_.path(1)) << octets;
    return files_.open(1);
  }
  Content staged(const std::string& octets) {
    Staging staging(folder_.path(), 0);
    staging.write(octets);
    return staging.finish();
  }

  tests::TemporaryFolder folder_;
  ContentFiles files_{folder_.path()};
};

TEST_F(ContentImplTest, ShowsAFileAsItIs) {
  EXPECT_EQ(kept("Subject: x\r\n\r\n").view(), "Subject: x\r\n\r\n");
}

TEST_F(ContentImplTest, AnEmptyFileIsAnEmptyContent) { EXPECT_EQ(kept("").view(), ""); }

TEST_F(ContentImplTest, OctetsOutliveTheNameOfTheirFile) {
  const Content content = kept("still here");
  files_.remove(1);
  EXPECT_EQ(content.view(), "still here");
}

TEST_F(ContentImplTest, AKeptFileStaysAndAStagedOneGoesWithItsLastContent) {
  kept("kept");
  EXPECT_TRUE(std::filesystem::exists(files_.path(1)));
  std::optional<Content> content = staged("staged"), other = content;
  const auto file = content->file();
  content.reset();
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_EQ(other->view(), "staged");
  other.reset();
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(ContentImplTest, AFolderIsNoContent) {
  std::filesystem::create_directory(files_.path(1));
  EXPECT_THROW(files_.open(1), StoreError);
}

}  // namespace
}  // namespace mailstore

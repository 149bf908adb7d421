#include "mailstore/content.hpp"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "mailstore/errors.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using namespace std::chrono_literals;

std::size_t entries(const std::filesystem::path& folder) {
  const std::filesystem::directory_iterator files(folder);
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

TEST(Staging, SmallOctetsStayInMemory) {
  tests::TemporaryFolder folder;
  Staging staging(folder.path(), 10);
  staging.write("12345");
  staging.write("67890");
  EXPECT_EQ(staging.size(), 10u);
  const Content content = staging.finish();
  EXPECT_EQ(content.view(), "1234567890");
  EXPECT_TRUE(content.file().empty());
  EXPECT_EQ(entries(folder.path()), 0u);
}

TEST(Staging, LargeOctetsGoToAPrivateFile) {
  tests::TemporaryFolder folder;
  {
    Staging staging(folder.path(), 10);
    staging.write("12345");
    staging.write("678901");
    staging.write("!");
    const Content content = staging.finish();
    EXPECT_EQ(content.view(), "12345678901!");
    EXPECT_EQ(content.size(), 12u);
    struct stat status {};
    ASSERT_EQ(::stat(content.file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_EQ(content.file().parent_path(), folder.path());
  }
  EXPECT_EQ(entries(folder.path()), 0u) << "gone with its last Content";
}

TEST(Staging, MegabytesArriveWhole) {
  tests::TemporaryFolder folder;
  Staging staging(folder.path(), 1000);
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    const std::string line(700, static_cast<char>('a' + i % 26));
    staging.write(line);
    expected += line;
  }
  EXPECT_EQ(staging.finish().view(), expected);
}

TEST(Staging, UnfinishedFilesAreRemoved) {
  tests::TemporaryFolder folder;
  {
    Staging staging(folder.path(), 1);
    staging.write("12345");
    Staging moved = std::move(staging);
    EXPECT_EQ(entries(folder.path()), 1u);
  }
  EXPECT_EQ(entries(folder.path()), 0u);
}

TEST(Staging, AMissingFolderIsNamed) {
  Staging staging("/nonexistent/staging", 1);
  try {
    staging.write("12345");
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("/nonexistent/staging"), std::string::npos);
    EXPECT_FALSE(error.out_of_space);
  }
}

TEST(Staging, AFullDiskIsOutOfSpace) {
  tests::TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=256k") != 0)
    GTEST_SKIP() << "mounting a small tmpfs takes root";
  bool out_of_space = false;
  try {
    Staging staging(folder.path(), 1000);
    for (int i = 0; i < 1000; ++i) staging.write(std::string(1000, 'x'));
  } catch (const StoreError& error) {
    out_of_space = error.out_of_space;
  }
  EXPECT_TRUE(out_of_space);
  EXPECT_EQ(entries(folder.path()), 0u);
  ::umount(folder.path().c_str());
}

TEST(Content, IsSharedAndEmptyByDefault) {
  EXPECT_EQ(Content().view(), "");
  EXPECT_EQ(Content().size(), 0u);
  const Content content = Content::of("abc");
  const Content copy = content;
  EXPECT_EQ(copy.view().data(), content.view().data());
}

TEST(Content, DescribesItselfOnce) {
  const Content content = Content::of("Subject: x\r\nMessage-ID: <1@a>\r\n\r\nbody");
  EXPECT_EQ(content.description().message_id, "1@a");
  EXPECT_EQ(content.description().header_size, 33u);
  EXPECT_EQ(&Content(content).description(), &content.description());
}

TEST(SweepStaging, TakesWhatNobodyUses) {
  tests::TemporaryFolder folder;
  const auto orphan = folder.path() / "orphan", recent = folder.path() / "recent";
  std::ofstream(orphan) << "left by a crash";
  std::ofstream(recent) << "just made";
  Staging staging(folder.path(), 1);
  staging.write("in use");
  const Content used = staging.finish();
  const auto long_ago = std::filesystem::file_time_type::clock::now() - 10min;
  std::filesystem::last_write_time(orphan, long_ago);
  std::filesystem::last_write_time(used.file(), long_ago);
  sweep_staging(folder.path());
  EXPECT_FALSE(std::filesystem::exists(orphan));
  EXPECT_TRUE(std::filesystem::exists(recent));
  EXPECT_TRUE(std::filesystem::exists(used.file()));
}

}  // namespace
}  // namespace mailstore

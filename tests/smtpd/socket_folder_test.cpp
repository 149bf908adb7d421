#include "smtpd/socket_folder.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace smtpd {
namespace {

namespace fs = std::filesystem;

TEST(SocketFolder, OthersMayPassAndNotLook) {
  const tests::TemporaryFolder folder;
  const fs::path data = folder.path() / "data";
  fs::create_directory(data);
  fs::permissions(data, fs::perms(0711));
  fs::permissions(folder.path(), fs::perms(0755));
  EXPECT_EQ(open_socket_folder(data / "run/smtp.sock", data), "");
  EXPECT_EQ(fs::status(data / "run").permissions(), fs::perms(0711));
}

TEST(SocketFolder, AFolderThatIsClosedIsNamed) {
  const tests::TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms(0700));
  EXPECT_EQ(open_socket_folder(folder.path() / "run/smtp.sock", folder.path()), folder.path());
}

TEST(SocketFolder, FoldersElsewhereAreLeftAsTheyAre) {
  const tests::TemporaryFolder folder;
  const fs::path there = folder.path() / "there", data = folder.path() / "data";
  fs::create_directory(there);
  fs::permissions(folder.path(), fs::perms(0755));
  fs::permissions(there, fs::perms(0750));
  EXPECT_EQ(open_socket_folder(there / "smtp.sock", data), there);
  EXPECT_EQ(fs::status(there).permissions(), fs::perms(0750));
}

}  // namespace
}  // namespace smtpd

#include "mua/safe_name.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(SafeName, KeepsHarmlessNames) {
  EXPECT_EQ(safe_name("Bericht März.pdf", "x"), "Bericht März.pdf");
  EXPECT_EQ(safe_name("파발.tar.gz", "x"), "파발.tar.gz");
}

TEST(SafeName, NeverLeavesTheFolder) {
  EXPECT_EQ(safe_name("../../etc/passwd", "x"), "passwd");
  EXPECT_EQ(safe_name("C:\\temp\\a.txt", "x"), "a.txt");
  EXPECT_EQ(safe_name("..", "x"), "x");
  EXPECT_EQ(safe_name("/", "x"), "x");
  EXPECT_EQ(safe_name("", "x"), "x");
  EXPECT_EQ(safe_name(".bashrc", "x"), "bashrc");
  EXPECT_EQ(safe_name(". ./..", "x"), "x");
}

TEST(SafeName, HasNoControlCharactersAndIsUtf8) {
  EXPECT_EQ(safe_name("a\r\nb\x1b[1m.txt", "x"), "a  b [1m.txt");
  EXPECT_EQ(safe_name("gpj\xe2\x80\xae.exe", "x"), "gpj .exe");
  EXPECT_EQ(safe_name("a\xff.txt", "x"), "a\xef\xbf\xbd.txt");
}

TEST(SafeName, IsShortEnoughAndKeepsTheExtension) {
  std::string name;
  for (int i = 0; i < 300; ++i) name += "파";
  const std::string safe = safe_name(name + ".pdf", "x");
  EXPECT_LE(safe.size(), 200u);
  EXPECT_TRUE(safe.ends_with("파.pdf"));
  EXPECT_LE(safe_name("a." + std::string(500, 'b'), "x").size(), 200u);
}

TEST(SafeName, Numbers) {
  EXPECT_EQ(numbered_name("report.pdf", 2), "report-2.pdf");
  EXPECT_EQ(numbered_name("report", 12), "report-12");
}

}  // namespace
}  // namespace mua

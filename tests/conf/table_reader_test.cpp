#include "conf/table_reader.hpp"

#include <gtest/gtest.h>

namespace conf {
namespace {

TEST(TableReader, AnAbsentKeyLeavesItsDefault) {
  const auto table = toml::parse("known = 7");
  const std::filesystem::path file = "/etc/pabal.toml";
  TableReader reader(&table, "", file);
  std::string text = "as it was";
  reader.text("absent", text);
  EXPECT_EQ(text, "as it was");
  unsigned number = 0;
  reader.number("known", number, {0, 9});
  EXPECT_EQ(number, 7u);
  EXPECT_NO_THROW(reader.finish());
}

TEST(TableReader, AnAbsentSectionHasNoKeys) {
  const auto table = toml::parse("");
  const std::filesystem::path file = "/etc/pabal.toml";
  TableReader reader(&table, "", file);
  auto section = reader.section("log");
  EXPECT_FALSE(section.has("level"));
  EXPECT_NO_THROW(section.finish());
}

TEST(TableReader, NamesTheKeyWithItsSection) {
  const auto table = toml::parse("[log]\nlevel = 1\nlevle = 2");
  const std::filesystem::path file = "/etc/pabal.toml";
  TableReader reader(&table, "", file);
  auto section = reader.section("log");
  std::string level;
  try {
    section.choice("level", level, {"info"});
    FAIL();
  } catch (const SettingsError& error) {
    EXPECT_STREQ(error.what(), "/etc/pabal.toml:2:9: log.level is 1, expected one of \"info\"");
  }
}

}  // namespace
}  // namespace conf

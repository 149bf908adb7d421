#include "conf/table_reader.hpp"

#include <gtest/gtest.h>

namespace conf {
namespace {

TEST(TableReader, AnAbsentKeyLeavesItsDefault) {
  const auto table = toml::parse("known = 7");
  Source source{"/etc/pabal.toml"};
  TableReader reader(&table, "", source);
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
  Source source{"/etc/pabal.toml"};
  TableReader reader(&table, "", source);
  auto section = reader.section("log");
  EXPECT_FALSE(section.has("level"));
  EXPECT_NO_THROW(section.finish());
}

TEST(TableReader, NamesTheKeyWithItsSection) {
  const auto table = toml::parse("[log]\nlevel = 1\nlevle = 2");
  Source source{"/etc/pabal.toml"};
  TableReader reader(&table, "", source);
  auto section = reader.section("log");
  std::string level;
  try {
    section.choice("level", level, {"info"});
    FAIL();
  } catch (const SettingsError& error) {
    EXPECT_STREQ(error.what(), "/etc/pabal.toml:2:9: log.level is 1, expected one of \"info\"");
  }
}

TEST(TableReader, ReadsSectionsByTheirNames) {
  const auto table = toml::parse("[theme.dark]\nbold = true\n[theme.\"x y\"]\nbold = 1\n");
  Source source{"/etc/mua.toml"};
  TableReader reader(&table, "", source);
  auto named = reader.named_sections("theme");
  ASSERT_EQ(named.size(), 2u);
  EXPECT_EQ(named[0].name, "dark");
  bool bold = false;
  named[0].reader.truth("bold", bold);
  EXPECT_TRUE(bold);
  EXPECT_NO_THROW(reader.finish());
  try {
    named[1].reader.truth("bold", bold);
    FAIL();
  } catch (const SettingsError& error) {
    EXPECT_STREQ(error.what(),
                 "/etc/mua.toml:4:8: theme.\"x y\".bold is 1, expected true or false");
  }
}

}  // namespace
}  // namespace conf

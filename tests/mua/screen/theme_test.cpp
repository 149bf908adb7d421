#include "mua/screen/theme.hpp"

#include <gtest/gtest.h>

#include <array>

#include "conf/table_reader.hpp"

namespace mua::screen {
namespace {

constexpr std::array kPalettes{Palette::kNone, Palette::k8, Palette::k16, Palette::k256,
                               Palette::kTrue};

std::vector<Theme> themes_of(const std::string& settings) {
  const toml::table table = toml::parse(settings);
  conf::Source source{"mua.toml"};
  conf::TableReader reader(&table, "", source);
  return read_themes(reader);
}

std::string theme_error(const std::string& settings) {
  try {
    themes_of(settings);
  } catch (const conf::SettingsError& error) {
    return error.what();
  }
  return "";
}

TEST(Theme, WithoutColoursEveryThemeHasNoneAndStillTellsThingsApart) {
  for (const Theme& theme : built_in_themes()) {
    for (int tone = 0; tone < static_cast<int>(Tone::kCount); ++tone) {
      const Look seen = look(theme, {static_cast<Tone>(tone), false}, Palette::kNone);
      EXPECT_EQ(seen.foreground, kOwnColour);
      EXPECT_EQ(seen.background, kOwnColour);
    }
    EXPECT_TRUE(look(theme, {Tone::kUnread, false}, Palette::kNone).bold);
    EXPECT_TRUE(look(theme, {Tone::kText, true}, Palette::kNone).reversed);
    EXPECT_TRUE(look(theme, {Tone::kBar, false}, Palette::kNone).reversed);
  }
}

TEST(Theme, TextIsNeverOfTheColourBehindIt) {
  for (const Theme& theme : built_in_themes()) {
    for (const Palette palette : kPalettes) {
      for (int tone = 0; tone < static_cast<int>(Tone::kCount); ++tone) {
        for (const bool chosen : {false, true}) {
          const Look seen = look(theme, {static_cast<Tone>(tone), chosen}, palette);
          EXPECT_TRUE(seen.foreground == kOwnColour || seen.foreground != seen.background)
              << theme.name << " " << tone << " " << chosen;
        }
      }
    }
  }
}

TEST(Theme, TheDefaultLeavesTextToTheTerminal) {
  EXPECT_EQ(default_theme().name, "default");
  EXPECT_EQ(look(default_theme(), {}, Palette::kTrue), Look{});
}

TEST(Theme, TheTextsBackgroundIsBehindEverything) {
  const Theme* dark = find_theme(built_in_themes(), "dark");
  ASSERT_NE(dark, nullptr);
  const Look text = look(*dark, {}, Palette::kTrue);
  EXPECT_NE(text.background, kOwnColour);
  EXPECT_EQ(look(*dark, {Tone::kQuote1, false}, Palette::kTrue).background, text.background);
  EXPECT_NE(look(*dark, {Tone::kText, true}, Palette::kTrue).background, text.background);
  EXPECT_LT(look(*dark, {}, Palette::k256).background, 256);
  EXPECT_LT(look(*dark, {}, Palette::k16).background, 16);
}

TEST(Theme, ReadsWords) {
  const auto seen = parse_look("bold underlined #ffaf00 on bright-blue");
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->bold && seen->underlined && !seen->dim && !seen->reversed);
  EXPECT_EQ(seen->foreground, kRgb | 0xFFAF00);
  EXPECT_EQ(seen->background, 12);
  EXPECT_EQ(parse_look("bold pinkish").error(),
            "\"pinkish\" is no colour such as red, bright-blue, 214, #ffaf00, own");
  EXPECT_EQ(parse_look("red on").error(), "\"on\" which colour?");
}

TEST(Theme, OwnThemesAreBasedOnOthers) {
  const auto themes = themes_of(
      "[theme.sea]\nbased_on = \"dark\"\nunread = \"bold #ffaf00\"\nchosen = \"on 24\"\n");
  const Theme* sea = find_theme(themes, "sea");
  ASSERT_NE(sea, nullptr);
  EXPECT_EQ(look(*sea, {Tone::kUnread, false}, Palette::kTrue).foreground, kRgb | 0xFFAF00);
  EXPECT_EQ(look(*sea, {Tone::kText, true}, Palette::k256).background, 24);
  EXPECT_EQ(sea->looks[0], find_theme(themes, "dark")->looks[0]);
  EXPECT_EQ(find_theme(themes, "lake"), nullptr);
}

TEST(Theme, MistakesHaveAPlace) {
  EXPECT_EQ(theme_error("[theme.sea]\nunread = \"bold blu\"\n").substr(0, 14), "mua.toml:2:10:");
  EXPECT_NE(theme_error("[theme.sea]\nunraed = \"bold\"\n").find("mua.toml:2:1"),
            std::string::npos);
  EXPECT_NE(theme_error("[theme.sea]\nbased_on = \"lake\"\n").find("lake"), std::string::npos);
}

}  // namespace
}  // namespace mua::screen

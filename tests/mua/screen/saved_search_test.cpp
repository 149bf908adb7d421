#include "mua/screen/saved_search.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "conf/table_reader.hpp"
#include "tests/temporary_folder.hpp"

namespace mua::screen {
namespace {

std::vector<SavedSearch> searches_in(const std::string& settings) {
  const toml::table table = toml::parse(settings);
  conf::Source source{"mua.toml"};
  conf::TableReader reader(&table, "", source);
  return read_saved_searches(reader);
}

std::string saved_search_error(const std::string& settings) {
  try {
    searches_in(settings);
  } catch (const conf::SettingsError& error) {
    return error.what();
  }
  return "";
}

constexpr const char* kOthers = R"([screen]
keys = "aerc"  # as I know them

[[saved_search]]
name = "Ann"
query = "from:ann"   # my sister
)";

TEST(SavedSearch, IsReadFromTheSettings) {
  const auto all = searches_in(std::string(kOthers) + "folder = \"INBOX\"\n");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0], (SavedSearch{"Ann", "from:ann", "INBOX"}));
  EXPECT_TRUE(searches_in("").empty());
}

TEST(SavedSearch, MistakesHaveAPlace) {
  EXPECT_EQ(
      saved_search_error("[[saved_search]]\nname = \"A\"\nquery = \"is:new\"\n").substr(0, 13),
      "mua.toml:3:9:");
  EXPECT_NE(saved_search_error("[[saved_search]]\nquery = \"x\"\n").find("name"),
            std::string::npos);
}

TEST(SavedSearch, OfOneNameThereIsOne) {
  const std::string one = "[[saved_search]]\nname = \"A\"\nquery = \"x\"\n";
  EXPECT_NE(saved_search_error(one + one).find("no other"), std::string::npos);
}

TEST(SavedSearch, IsAddedWithoutTouchingTheRest) {
  const std::string text = with_saved_search(kOthers, {"Big \"ones\"", "larger:1M", ""});
  EXPECT_EQ(text.substr(0, std::string(kOthers).size()), kOthers);
  const auto all = searches_in(text);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1], (SavedSearch{"Big \"ones\"", "larger:1M", ""}));
}

TEST(SavedSearch, TakesThePlaceOfItsName) {
  const std::string text = with_saved_search(kOthers, {"Ann", "from:ann is:unread", "INBOX"});
  const auto all = searches_in(text);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].query, "from:ann is:unread");
  EXPECT_NE(text.find("# as I know them"), std::string::npos);
}

TEST(SavedSearch, GoesAgain) {
  const std::string more = with_saved_search(kOthers, {"Big \"ones\"", "larger:1M", ""});
  EXPECT_EQ(searches_in(without_saved_search(more, "Ann")).size(), 1u);
  EXPECT_EQ(searches_in(without_saved_search(more, "Big \"ones\"")), searches_in(kOthers));
  EXPECT_EQ(without_saved_search(kOthers, "Bob"), kOthers);
}

TEST(SavedSearch, TheFileIsReplacedInOneStep) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path() / "mua.toml";
  EXPECT_EQ(settings_text(file), "");
  replace_settings(file, kOthers);
  EXPECT_EQ(settings_text(file), kOthers);
}

}  // namespace
}  // namespace mua::screen

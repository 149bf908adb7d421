#include "mua/screen/key_settings.hpp"

#include <gtest/gtest.h>

#include "conf/table_reader.hpp"

namespace mua::screen {
namespace {

std::vector<OwnBinding> keys_in(const std::string& settings) {
  const toml::table table = toml::parse(settings);
  conf::Source source{"mua.toml"};
  conf::TableReader reader(&table, "", source);
  return read_keys(reader);
}

std::string key_error(const std::string& settings) {
  try {
    keys_in(settings);
  } catch (const conf::SettingsError& error) {
    return error.what();
  }
  return "";
}

std::string key(const std::string& keys, const std::string& command, const std::string& more = "") {
  return "[[key]]\nkeys = \"" + keys + "\"\ncommand = \"" + command + "\"\n" + more;
}

TEST(KeySettings, ReadsBindings) {
  const auto all = keys_in(key("g i", "folder INBOX") + key("C-n", "next", "in = [\"list\"]\n") +
                           key("F5", "send") + key("x", ""));
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0], (OwnBinding{kInMail, "g i", "folder INBOX"}));
  EXPECT_EQ(all[1], (OwnBinding{kInList, "C-n", "next"}));
  EXPECT_EQ(all[2], (OwnBinding{kInLetter, "F5", "send"})) << "where it means something";
  EXPECT_EQ(all[3].command, "");
}

TEST(KeySettings, MistakesHaveAPlaceAndWhatWasExpected) {
  EXPECT_EQ(key_error(key("Ctrl-n", "next")).substr(0, 13), "mua.toml:2:8:");
  EXPECT_EQ(key_error(key("x", "nxet")).substr(0, 14), "mua.toml:3:11:");
  EXPECT_NE(key_error(key("x", "delete now")).find("\"delete\" alone"), std::string::npos);
  EXPECT_NE(key_error(key("x", "next", "in = [\"letter\"]\n")).find("mua.toml:4"),
            std::string::npos);
  EXPECT_NE(key_error(key("x", "next", "in = [\"lists\"]\n")).find("list, reader, letter"),
            std::string::npos);
  EXPECT_NE(key_error(key("x", "send")).find("types nothing"), std::string::npos);
  EXPECT_NE(key_error(key("", "next")), "");
  EXPECT_NE(key_error("[[key]]\nkeys = \"x\"\n").find("command"), std::string::npos);
}

TEST(KeySettings, KeysThatHideOneAnother) {
  EXPECT_NE(key_error(key("g", "next") + key("g g", "first")).find("mua.toml:5:8"),
            std::string::npos);
  EXPECT_NE(key_error(key("x", "next") + key("x", "first")), "");
  EXPECT_EQ(
      key_error(key("x", "next", "in = [\"list\"]\n") + key("x", "back", "in = [\"reader\"]\n")),
      "");
}

}  // namespace
}  // namespace mua::screen

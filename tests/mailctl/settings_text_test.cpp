#include "mailctl/settings_text.hpp"

#include <gtest/gtest.h>

namespace mailctl {
namespace {

TEST(SettingsText, PutsValuesWhereTheirKeysStand) {
  const auto* sample = "# the port\nport = 1\n[a]\nport = 2\n#free = 3\n[b]\nport = 4\n";
  EXPECT_EQ(fill_sample(sample, {{"port", "10"}, {"b.port", "40"}}),
            "# the port\nport = 10\n[a]\nport = 2\n#free = 3\n[b]\nport = 40\n");
  EXPECT_THROW(fill_sample(sample, {{"c.port", "1"}}), std::logic_error);
}

TEST(SettingsText, QuotesStrings) { EXPECT_EQ(toml_string("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\""); }

}  // namespace
}  // namespace mailctl

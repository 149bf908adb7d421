#include "mailctl/options.hpp"

#include <gtest/gtest.h>

#include "mailctl/commands.hpp"

namespace mailctl {
namespace {

Invocation parse(std::vector<const char*> words) {
  words.insert(words.begin(), "mailctl");
  const auto parsed = parse_command_line(static_cast<int>(words.size()), words.data());
  return std::get<Invocation>(parsed);
}

TEST(Options, CommonOnesStandBeforeAndAfterTheCommand) {
  for (const auto& invocation :
       {parse({"--config", "f.toml", "--json", "user", "add", "a@b", "--password-stdin"}),
        parse({"user", "add", "a@b", "--password-stdin", "--json", "--config", "f.toml"})}) {
    EXPECT_EQ(invocation.command, &user_add);
    EXPECT_EQ(invocation.options.config, "f.toml");
    EXPECT_EQ(invocation.options.format, Format::kJson);
    EXPECT_EQ(invocation.options.name, "a@b");
    EXPECT_EQ(invocation.options.password, PasswordFrom::kStdin);
  }
}

TEST(Options, InitHasDefaults) {
  const auto init_options = parse({"init", "--user", "a", "--user", "b"}).options.init;
  EXPECT_EQ(init_options.data, "var");
  EXPECT_EQ(init_options.domain, "example.test");
  EXPECT_EQ(init_options.users, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(init_options.port_offset);
}

}  // namespace
}  // namespace mailctl

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

std::string refused(std::vector<const char*> words) {
  words.insert(words.begin(), "mailctl");
  testing::internal::CaptureStderr();
  const auto parsed = parse_command_line(static_cast<int>(words.size()), words.data());
  EXPECT_EQ(std::get<int>(parsed), 2);
  return testing::internal::GetCapturedStderr();
}

TEST(Options, AMistypedCommandIsNamed) {
  EXPECT_TRUE(
      refused({"usr", "list"}).starts_with("mailctl: usr is no command; did you mean user?\n"));
  EXPECT_TRUE(
      refused({"user", "lst"}).starts_with("mailctl: lst is no command; did you mean list?\n"));
  EXPECT_TRUE(refused({"--json", "quee"})
                  .starts_with("mailctl: quee is no command; did you mean queue?\n"));
  EXPECT_TRUE(refused({"user"}).starts_with("A subcommand is required"));
  EXPECT_EQ(refused({"user", "add", "a@b", "--password", "x"}).find("no command"),
            std::string::npos);
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

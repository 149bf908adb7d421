#include "mua/command_line.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

TEST(CommandLine, EveryCommandHasWordsOfItsOwnAndNoShortHelp) {
  const auto line = declare_command_line();
  for (const CLI::App* command : line->app->get_subcommands([](const CLI::App*) { return true; })) {
    EXPECT_FALSE(command->get_description().empty()) << command->get_name();
    EXPECT_EQ(command->get_help_ptr()->get_name(), "--help") << command->get_name();
  }
}

TEST(CommandLine, SetupTakesOnePassword) {
  const auto line = declare_command_line();
  EXPECT_THROW(line->app->parse("setup --password-stdin --password-command pass"), CLI::ParseError);
}

}  // namespace
}  // namespace mua

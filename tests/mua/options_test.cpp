#include "mua/options.hpp"

#include <gmock/gmock.h>

#include "tests/mua/chosen.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(Options, CommonOnesStandBeforeAndAfterTheCommand) {
  for (const auto& arguments :
       {std::vector<std::string>{"--account", "a@x.test", "--json", "--config", "f", "ls"},
        std::vector<std::string>{"ls", "--account", "a@x.test", "--json", "--config", "f"}}) {
    const auto invocation = parse_command_line(arguments);
    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->common.account, "a@x.test");
    EXPECT_EQ(invocation->common.config, "f");
    EXPECT_EQ(invocation->common.format, Format::kJson);
  }
}

TEST(Options, WithoutACommandItIsTheScreen) {
  EXPECT_EQ(parse<ScreenOptions>({}).keys, "");
  EXPECT_EQ(parse<ScreenOptions>({"--keys", "aerc"}).keys, "aerc");
  EXPECT_EQ(parse<ScreenOptions>({"mailto:bob@x.test?subject=a"}).address,
            "mailto:bob@x.test?subject=a");
  EXPECT_EQ(stop({"--keys", "emacs"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"read", "1", "2"}).code, ExitCode::kUsage);
}

TEST(Options, SaysWhatThereIs) {
  EXPECT_EQ(stop({"--help"}).code, ExitCode::kOk);
  EXPECT_THAT(stop({"--help"}).text, HasSubstr("Exit status"));
  EXPECT_THAT(stop({"--version"}).text, HasSubstr("Pabal"));
  EXPECT_EQ(stop({"flag", "--help"}).code, ExitCode::kOk);
  EXPECT_THAT(stop({"bogus"}).text, HasSubstr("\"bogus\" is no command"));
  EXPECT_EQ(stop({"ls", "--bogus"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"ls", "--limit", "0"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"setup", "--security", "maybe"}).code, ExitCode::kUsage);
}

TEST(Options, AWrongLineIsToldInTheWordsOfItsHelp) {
  EXPECT_THAT(stop({"sned"}).text, HasSubstr("\"sned\" is no command, send is one"));
  EXPECT_EQ(stop({"read"}).text,
            "mua: read: it needs ID: the message\nRun mua read --help for more.\n");
  EXPECT_THAT(stop({"read", "1", "--odd"}).text, HasSubstr("read: there is no --odd"));
  EXPECT_THAT(stop({"ls", "--limit", "x"}).text, HasSubstr("\"x\" is no number from 1 on"));
  EXPECT_THAT(stop({"save", "4", "abc"}).text, HasSubstr("number = abc is no number"));
  EXPECT_THAT(stop({"move", "1"}).text, HasSubstr("move: it needs ID... MAILBOX"));
}

}  // namespace
}  // namespace mua

#include "mua/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mua {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

template <class T>
T parse(std::vector<std::string> arguments) {
  auto invocation = parse_command_line(std::move(arguments));
  EXPECT_TRUE(invocation) << invocation.error().text;
  return std::get<T>(invocation->command);
}

Stop stop(std::vector<std::string> arguments) {
  auto invocation = parse_command_line(std::move(arguments));
  EXPECT_FALSE(invocation);
  return invocation.error();
}

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

TEST(Options, ReadsSend) {
  const auto o =
      parse<SendOptions>({"send", "--to", "a@x.test", "--to", "b@x.test", "--cc", "c@x.test",
                          "--subject", "-dash", "--body", "-", "--attach", "f1", "--attach", "f2"});
  EXPECT_THAT(o.to, ElementsAre("a@x.test", "b@x.test"));
  EXPECT_THAT(o.cc, ElementsAre("c@x.test"));
  EXPECT_EQ(o.body, "-");
  EXPECT_THAT(o.attachments, ElementsAre("f1", "f2"));
}

TEST(Options, ReadsAnswersAndSeals) {
  const auto answer = parse<AnswerOptions>({"answer", "7", "tentative"});
  EXPECT_EQ(answer.id, "7");
  EXPECT_EQ(answer.answer, "tentative");
  EXPECT_EQ(parse<VerifyOptions>({"verify", "7"}).id, "7");
  const auto sealed = parse<SendOptions>({"reply", "7", "--sign", "--encrypt"});
  EXPECT_TRUE(sealed.sign && sealed.encrypt);
  EXPECT_TRUE(parse<ReadOptions>({"read", "7", "--decrypt"}).decrypt);
  EXPECT_EQ(stop({"send", "--sign", "--draft"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"read", "7", "--raw", "--decrypt"}).code, ExitCode::kUsage);
}

TEST(Options, ReadsListReadAndSave) {
  EXPECT_EQ(parse<ListOptions>({"ls"}).mailbox, "INBOX");
  EXPECT_EQ(parse<ListOptions>({"ls", "Archive", "--limit", "3"}).limit, 3u);
  EXPECT_TRUE(parse<ReadOptions>({"read", "42", "--peek"}).peek);
  const auto save = parse<SaveOptions>({"save", "42", "1", "3", "--to", "dir"});
  EXPECT_THAT(save.numbers, ElementsAre(1, 3));
  EXPECT_EQ(save.folder, "dir");
}

TEST(Options, TheLastWordOfMoveIsTheMailbox) {
  const auto o = parse<MoveOptions>({"move", "1", "2", "My Box"});
  EXPECT_THAT(o.ids, ElementsAre("1", "2"));
  EXPECT_EQ(o.mailbox, "My Box");
  EXPECT_EQ(stop({"move", "1"}).code, ExitCode::kUsage);
}

TEST(Options, ChangesOfFlagsMayBeginWithADash) {
  const auto o = parse<FlagOptions>(
      {"flag", "1", "+seen", "-flagged", "INBOX:2", "-help", "+$work", "--json"});
  EXPECT_THAT(o.ids, ElementsAre("1", "INBOX:2"));
  EXPECT_THAT(o.changes, ElementsAre("+seen", "-flagged", "-help", "+$work"));
  EXPECT_EQ(stop({"flag", "1"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"flag", "+seen"}).code, ExitCode::kUsage);
}

TEST(Options, TermsOfSearchMayBeginWithADash) {
  const auto o =
      parse<SearchOptions>({"search", "-from:ann", "x", "--mailbox", "Sent", "-is:read"});
  EXPECT_THAT(o.query, ElementsAre("-from:ann", "x", "-is:read"));
  EXPECT_EQ(o.mailbox, "Sent");
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
  EXPECT_THAT(stop({"bogus"}).text, HasSubstr("one of setup, send"));
  EXPECT_EQ(stop({"ls", "--bogus"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"ls", "--limit", "0"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"setup", "--security", "maybe"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace mua

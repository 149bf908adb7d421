#include "mua/command_line.hpp"

#include <gtest/gtest.h>

namespace mua {
namespace {

template <class T>
T chosen(const std::string& words) {
  const auto line = declare_command_line();
  line->app->parse(words);
  return std::get<T>(line->chosen);
}

TEST(CommandLine, ReplyAndForwardAreKindsOfSend) {
  const auto reply = chosen<SendOptions>("reply 42 --all --body -");
  EXPECT_EQ(reply.reply_to_message, "42");
  EXPECT_TRUE(reply.reply_all);
  const auto forward = chosen<SendOptions>("forward Sent:3 --to a@x.test --whole --draft");
  EXPECT_EQ(forward.forward_message, "Sent:3");
  EXPECT_TRUE(forward.whole && forward.to_drafts);
}

TEST(CommandLine, TheLastWordOfExportIsThePath) {
  const auto some = chosen<ExportOptions>("export INBOX Sent out.mbox");
  EXPECT_EQ(some.mailboxes, (std::vector<std::string>{"INBOX", "Sent"}));
  EXPECT_EQ(some.target, "out.mbox");
  EXPECT_TRUE(chosen<ExportOptions>("export --all out").mailboxes.empty());
  EXPECT_THROW(chosen<ExportOptions>("export out"), CLI::ParseError);
  EXPECT_THROW(chosen<ExportOptions>("export --all INBOX out"), CLI::ParseError);
  EXPECT_THROW(chosen<ImportOptions>("import a --format tar"), CLI::ParseError);
}

TEST(CommandLine, ActionsAreFewWords) {
  EXPECT_EQ(chosen<OutboxOptions>("outbox retry 7").entry, 7);
  EXPECT_EQ(chosen<DraftsOptions>("drafts").action, "");
  EXPECT_EQ(chosen<MailboxesOptions>("mailboxes rename a b").names.size(), 2u);
  EXPECT_THROW(chosen<OutboxOptions>("outbox burn 7"), CLI::ParseError);
}

}  // namespace
}  // namespace mua

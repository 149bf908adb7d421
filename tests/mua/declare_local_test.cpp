#include <gmock/gmock.h>

#include "tests/mua/chosen.hpp"

namespace mua {
namespace {

using testing::ElementsAre;

TEST(DeclareLocal, ActionsAreFewWords) {
  EXPECT_EQ(parse<OutboxOptions>({"outbox", "retry", "7"}).entry, 7);
  EXPECT_EQ(parse<DraftsOptions>({"drafts"}).action, "");
  const auto send = parse<DraftsOptions>({"drafts", "send", "Drafts:7:4", "--again"});
  EXPECT_EQ(send.draft, "Drafts:7:4");
  EXPECT_TRUE(send.again);
  EXPECT_EQ(stop({"outbox", "burn", "7"}).code, ExitCode::kUsage);
}

TEST(DeclareLocal, TheLastWordOfExportIsThePath) {
  const auto some = parse<ExportOptions>({"export", "INBOX", "Sent", "out.mbox"});
  EXPECT_THAT(some.mailboxes, ElementsAre("INBOX", "Sent"));
  EXPECT_EQ(some.target, "out.mbox");
  EXPECT_TRUE(parse<ExportOptions>({"export", "--all", "out"}).mailboxes.empty());
  EXPECT_EQ(stop({"export", "out"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"export", "--all", "INBOX", "out"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"import", "a", "--format", "tar"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace mua

#include <gmock/gmock.h>

#include "tests/mua/chosen.hpp"

namespace mua {
namespace {

using testing::ElementsAre;

TEST(DeclareReading, ReadsListReadAndSave) {
  EXPECT_EQ(parse<ListOptions>({"ls"}).mailbox, "INBOX");
  EXPECT_EQ(parse<ListOptions>({"ls", "Archive", "--limit", "3"}).limit, 3u);
  EXPECT_TRUE(parse<ReadOptions>({"read", "42", "--peek"}).peek);
  EXPECT_EQ(parse<VerifyOptions>({"verify", "7"}).id, "7");
  const auto save = parse<SaveOptions>({"save", "42", "1", "3", "--to", "dir"});
  EXPECT_THAT(save.numbers, ElementsAre(1, 3));
  EXPECT_EQ(save.folder, "dir");
}

TEST(DeclareReading, WhatIsRawIsNotOpened) {
  EXPECT_TRUE(parse<ReadOptions>({"read", "7", "--decrypt"}).decrypt);
  EXPECT_TRUE(parse<SaveOptions>({"save", "7", "--decrypt"}).decrypt);
  EXPECT_TRUE(parse<PipeOptions>({"pipe", "7", "cat", "--decrypt"}).decrypt);
  EXPECT_EQ(stop({"read", "7", "--raw", "--decrypt"}).code, ExitCode::kUsage);
  EXPECT_EQ(stop({"pipe", "7", "cat", "--raw", "--decrypt"}).code, ExitCode::kUsage);
}

TEST(DeclareReading, TermsOfSearchMayBeginWithADash) {
  const auto o =
      parse<SearchOptions>({"search", "-from:ann", "x", "--mailbox", "Sent", "-is:read"});
  EXPECT_THAT(o.query, ElementsAre("-from:ann", "x", "-is:read"));
  EXPECT_EQ(o.mailbox, "Sent");
}

}  // namespace
}  // namespace mua

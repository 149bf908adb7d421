#include "imapd/reply.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

TEST(Reply, CarriesTagStatusAndCode) {
  EXPECT_EQ(render("a1", ok("done")), "a1 OK done");
  EXPECT_EQ(render("a1", ok("done", "READ-WRITE")), "a1 OK [READ-WRITE] done");
  EXPECT_EQ(render("a1", no("TRYCREATE", "no such")), "a1 NO [TRYCREATE] no such");
  EXPECT_EQ(render("*", bad("what?")), "* BAD what?");
}

TEST(Reply, NamesTheStoresFailures) {
  using mailstore::Failure;
  EXPECT_EQ(refusal(Failure::kNoSuchMailbox).code, "NONEXISTENT");
  EXPECT_EQ(refusal(Failure::kAlreadyExists).code, "ALREADYEXISTS");
  EXPECT_EQ(refusal(Failure::kReserved).code, "CANNOT");
  EXPECT_EQ(refusal(Failure::kHasChildren).code, "HASCHILDREN");
  EXPECT_EQ(refusal(Failure::kTooManyKeywords).code, "LIMIT");
}

}  // namespace
}  // namespace imapd

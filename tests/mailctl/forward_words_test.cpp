#include "mailctl/forward_words.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace mailctl {
namespace {

using mailstore::Forwarding;

TEST(ForwardWords, SayWhatHappensToTheMail) {
  EXPECT_EQ(describe(Forwarding{}), "stays in the mailbox");
  EXPECT_EQ(describe(Forwarding{{"a@x.test", "b@x.test"}, Forwarding::Copy::kKept}),
            "goes to a@x.test, b@x.test, and a copy stays in the mailbox");
  EXPECT_EQ(describe(Forwarding{{"a@x.test"}, Forwarding::Copy::kNone}),
            "goes to a@x.test, and none stays in the mailbox");
}

TEST(ForwardWords, Json) {
  EXPECT_EQ(boost::json::serialize(object_of(Forwarding{{}, Forwarding::Copy::kNone})),
            R"({"forwards":[],"keeps_copy":true})");
  EXPECT_EQ(boost::json::serialize(object_of(Forwarding{{"a@x.test"}, Forwarding::Copy::kNone})),
            R"({"forwards":["a@x.test"],"keeps_copy":false})");
}

}  // namespace
}  // namespace mailctl

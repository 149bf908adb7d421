#include "mailstore/queue_filter.hpp"

#include <gtest/gtest.h>

namespace mailstore {
namespace {

constexpr std::int64_t kAsked = 10000;

QueuedRecipient recipient(RecipientState state, int attempts = 0) {
  QueuedRecipient recipient;
  recipient.address = {"bob", "b.test"};
  recipient.original = "info@example.test";
  recipient.state = state;
  recipient.attempts = attempts;
  return recipient;
}

QueuedMessage message() {
  QueuedMessage message;
  message.sender = {"alice", "example.test"};
  message.received_at = kAsked - 600;
  message.message_id = "<m@example.test>";
  return message;
}

AddressPattern pattern(std::string_view text) { return AddressPattern::parse(text).value(); }

TEST(Stage, TellsWhatWasTriedFromWhatWasNot) {
  EXPECT_EQ(stage_of(recipient(RecipientState::kQueued)), Stage::kQueued);
  EXPECT_EQ(stage_of(recipient(RecipientState::kQueued, 2)), Stage::kDeferred);
  EXPECT_EQ(stage_of(recipient(RecipientState::kHeld, 2)), Stage::kHeld);
  EXPECT_EQ(stage_of(recipient(RecipientState::kDelivered)), Stage::kDelivered);
  EXPECT_EQ(stage_of(recipient(RecipientState::kFailed)), Stage::kFailed);
  for (const char* word : {"queued", "deferred", "held", "delivered", "failed"})
    EXPECT_EQ(describe(parse_stage(word).value()), word);
  EXPECT_FALSE(parse_stage("Held"));
}

TEST(AddressPattern, IsAnAddressADomainOrTheNullSender) {
  EXPECT_TRUE(pattern("Bob@B.test").matches({"bob", "b.TEST"}));
  EXPECT_FALSE(pattern("bob@b.test").matches({"carol", "b.test"}));
  EXPECT_TRUE(pattern("@b.test").matches({"carol", "b.test"}));
  EXPECT_FALSE(pattern("@b.test").matches({"carol", "c.b.test"}));
  EXPECT_TRUE(pattern("<>").matches({}));
  EXPECT_FALSE(pattern("<>").matches({"bob", "b.test"}));
  EXPECT_FALSE(pattern("@b.test").matches({}));
  EXPECT_TRUE(pattern("@bücher.test").matches({"a", "xn--bcher-kva.test"}));
  EXPECT_TRUE(pattern("a@[192.0.2.1]").matches({"a", "[192.0.2.1]"}));
  for (const char* wrong : {"", "@", "bob", "b.test", "a b@c", "@a@b", "@a b"})
    EXPECT_FALSE(AddressPattern::parse(wrong)) << wrong;
}

TEST(QueueFilter, WithoutAnythingMeansWhatWaits) {
  const QueueFilter all;
  EXPECT_TRUE(is_everything(all));
  EXPECT_TRUE(matches(all, message(), kAsked));
  EXPECT_TRUE(matches(all, recipient(RecipientState::kQueued, 3)));
  EXPECT_TRUE(matches(all, recipient(RecipientState::kHeld)));
  EXPECT_FALSE(matches(all, recipient(RecipientState::kDelivered)));
  EXPECT_FALSE(matches(all, recipient(RecipientState::kFailed)));
}

TEST(QueueFilter, EverythingThatIsSetMustFit) {
  QueueFilter filter;
  filter.sender = pattern("@example.test");
  filter.older_than = std::chrono::seconds(599);
  EXPECT_FALSE(is_everything(filter));
  EXPECT_TRUE(matches(filter, message(), kAsked));
  filter.older_than = std::chrono::seconds(600);
  EXPECT_FALSE(matches(filter, message(), kAsked));
  filter.older_than.reset();
  filter.newer_than = std::chrono::seconds(600);
  EXPECT_FALSE(matches(filter, message(), kAsked));
  filter.newer_than = std::chrono::seconds(601);
  EXPECT_TRUE(matches(filter, message(), kAsked));
  filter.message_id = "<other@example.test>";
  EXPECT_FALSE(matches(filter, message(), kAsked));
}

TEST(QueueFilter, ARecipientIsKnownByWhereItGoesAndByWhatRcptNamed) {
  QueueFilter filter;
  filter.recipient = pattern("info@example.test");
  EXPECT_TRUE(matches(filter, recipient(RecipientState::kQueued)));
  filter.recipient = pattern("bob@b.test");
  EXPECT_TRUE(matches(filter, recipient(RecipientState::kQueued)));
  filter.domain = pattern("@example.test");
  EXPECT_FALSE(matches(filter, recipient(RecipientState::kQueued))) << "it goes to b.test";
}

TEST(QueueFilter, StagesAreAlternatives) {
  QueueFilter filter;
  filter.stages = {Stage::kDeferred, Stage::kDelivered};
  EXPECT_TRUE(matches(filter, recipient(RecipientState::kQueued, 1)));
  EXPECT_TRUE(matches(filter, recipient(RecipientState::kDelivered)));
  EXPECT_FALSE(matches(filter, recipient(RecipientState::kQueued)));
}

}  // namespace
}  // namespace mailstore

#include "smtpd/loop.hpp"

#include <gmock/gmock.h>

namespace smtpd {
namespace {

using mailstore::RecipientState;
using testing::ElementsAre;
using testing::IsEmpty;
using Names = std::set<std::string>;

const Earlier kSeenByAlice{{"alice@example.test"}, {}};

mailstore::QueuedRecipient to(const std::string& original, const std::string& forwarded_by = "") {
  mailstore::QueuedRecipient recipient;
  recipient.original = original;
  recipient.forwarded_by = forwarded_by;
  return recipient;
}

TEST(Loop, ReadsWhereAMessageWas) {
  EXPECT_THAT(delivered_to("Delivered-To: a@x.test\r\nSubject: y\r\ndelivered-to:\r\n b@x.test \r\n"
                           "\r\nDelivered-To: body@x.test\r\n"),
              ElementsAre("a@x.test", "b@x.test"));
  EXPECT_THAT(delivered_to(""), IsEmpty());
}

TEST(Loop, WhoHadItBefore) {
  const Earlier before{{"Alice@Example.test"}, {}};
  EXPECT_TRUE(goes_round(before, to("alice@example.test")));
  EXPECT_TRUE(goes_round(before, to("team@example.test", "alice@example.test")));
  EXPECT_FALSE(goes_round(before, to("team@example.test")));
  EXPECT_FALSE(goes_round({{""}, {}}, to("bob@example.test")));
  EXPECT_FALSE(goes_round({}, to("alice@example.test")));
}

// Whom it was forwarded to for alice sends it to an alias of hers.
TEST(Loop, AnAccountHadItByWhateverName) {
  const AccountOf account_of = [](const mail::Address& address) {
    return address.local == "alice" ? std::optional<mailstore::AccountId>(7) : std::nullopt;
  };
  const Earlier before = earlier({"alice@example.test", "no address"}, account_of);
  EXPECT_EQ(before.accounts, std::set<mailstore::AccountId>{7});
  mailstore::QueuedRecipient recipient = to("info@example.test");
  EXPECT_FALSE(goes_round(before, recipient));
  recipient.account = 7;
  EXPECT_TRUE(goes_round(before, recipient));
  recipient.account = 8;
  EXPECT_FALSE(goes_round(before, recipient));
}

TEST(Loop, OneReplyRefusesAllOrHoldsSome) {
  mailstore::QueuedMessage message;
  message.recipients = {to("alice@example.test"), to("alice@example.test", "alice@example.test")};
  mailstore::QueuedMessage mixed = message;
  mixed.recipients.push_back(to("bob@example.test"));
  EXPECT_EQ(stop_loops(message, kSeenByAlice, Answering::kForAll), Names{"alice@example.test"});
  EXPECT_THAT(message.recipients, IsEmpty());
  EXPECT_EQ(stop_loops(mixed, kSeenByAlice, Answering::kForAll), Names{});
  ASSERT_EQ(mixed.recipients.size(), 3u);
  EXPECT_EQ(mixed.recipients[0].state, RecipientState::kHeld);
  EXPECT_EQ(mixed.recipients[1].state, RecipientState::kHeld);
  EXPECT_EQ(mixed.recipients[2].state, RecipientState::kQueued);
  const auto stored = std::make_shared<const mailstore::QueuedMessage>(mixed);
  const auto failures = loop_failures(stored);
  ASSERT_EQ(failures.size(), 2u);
  EXPECT_EQ(failures[0].end, Attempt::End::kFailed);
  EXPECT_EQ(failures[0].job.recipient, &stored->recipients[0]);
  EXPECT_TRUE(failures[0].reply.starts_with("554 5.4.6"));
}

TEST(Loop, AReplyForEachRefusesEach) {
  mailstore::QueuedMessage message;
  message.recipients = {to("alice@example.test"), to("bob@example.test"), to("team@example.test"),
                        to("team@example.test", "alice@example.test")};
  EXPECT_EQ(stop_loops(message, kSeenByAlice, Answering::kForEach), Names{"alice@example.test"});
  ASSERT_EQ(message.recipients.size(), 3u);
  EXPECT_EQ(message.recipients[0].original, "bob@example.test");
  EXPECT_EQ(message.recipients[1].state, RecipientState::kQueued) << "others of the team";
  EXPECT_EQ(message.recipients[2].state, RecipientState::kHeld);
}

TEST(Loop, WithoutDeliveredToNothingIsDone) {
  mailstore::QueuedMessage message;
  message.recipients = {to("alice@example.test")};
  EXPECT_EQ(stop_loops(message, {}, Answering::kForAll), Names{});
  EXPECT_EQ(message.recipients.size(), 1u);
  EXPECT_THAT(loop_failures(std::make_shared<const mailstore::QueuedMessage>(message)), IsEmpty());
}

}  // namespace
}  // namespace smtpd

#include "mailctl/queue_words.hpp"

#include "tests/mailctl/queued.hpp"

namespace mailctl {
namespace {

using mailstore::RecipientState;

mailstore::QueuedRecipient recipient(RecipientState state, int attempts, std::int64_t next) {
  mailstore::QueuedRecipient recipient;
  recipient.address = {"bob", "b.test"};
  recipient.state = state;
  recipient.attempts = attempts;
  recipient.next_attempt = next;
  return recipient;
}

TEST(QueueWords, SayHowFarARecipientIs) {
  EXPECT_EQ(standing(recipient(RecipientState::kQueued, 0, 50), 100), "queued; to be tried now");
  EXPECT_EQ(standing(recipient(RecipientState::kQueued, 2, 50), 100),
            "deferred after 2 attempts; next one now");
  EXPECT_NE(standing(recipient(RecipientState::kQueued, 1, 400), 100).find(", in 5 minutes"),
            std::string::npos);
  EXPECT_EQ(standing(recipient(RecipientState::kHeld, 0, 0), 100),
            "held; not tried until it is released");
  EXPECT_EQ(standing(recipient(RecipientState::kDelivered, 1, 0), 100),
            "delivered after 1 attempt");
}

TEST(QueueWords, OnlyWhatWaitsHasANextAttempt) {
  EXPECT_TRUE(object_of(recipient(RecipientState::kQueued, 1, 400)).at("next_attempt").is_string());
  EXPECT_TRUE(object_of(recipient(RecipientState::kHeld, 1, 400)).at("next_attempt").is_null());
  EXPECT_TRUE(object_of(recipient(RecipientState::kFailed, 1, 400)).at("next_attempt").is_null());
}

TEST(QueueWords, APageShowsWhatTheSenderAskedFor) {
  auto message = letter_to({"bob@b.test"});
  message.name = "e-7";
  message.login = "alice@example.test";
  message.body = "8BITMIME";
  message.requiretls = true;
  message.ret = "HDRS";
  message.envid = "QQ";
  message.recipients[0].original = "info@example.test";
  message.recipients[0].notify = "FAILURE";
  message.recipients[0].delay_told = true;
  const std::string page = page_of(message, message.received_at + 60);
  for (const char* part :
       {"alice@example.test (logged in as alice@example.test)", "60 seconds ago",
        "asks for    8BITMIME, REQUIRETLS, RET=HDRS, ENVID=QQ", "bob@b.test (as info@example.test)",
        "  notify    FAILURE", "  delay     the sender was told"})
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  EXPECT_NE(page.back(), '\n');
}

}  // namespace
}  // namespace mailctl

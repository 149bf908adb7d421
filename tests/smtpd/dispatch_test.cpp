#include "smtpd/dispatch.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include <future>

#include "conf/log.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

constexpr std::int64_t kNow = 2000000000;  // far enough that everything queued is due

class DispatchTest : public testing::Test {
 protected:
  DispatchTest() { conf::start_log("smtpd", {"error", "human"}); }
  /// The queue's last callbacks still find the rest.
  ~DispatchTest() override { queue_.reset(); }

  static conf::Settings settings() {
    conf::Settings settings;
    settings.hostname = "mail.example.test";
    settings.domain = "example.test";
    settings.relay.retry_first = conf::seconds(100);
    return settings;
  }

  static mailstore::QueuedMessage message(mail::Address sender = {"alice", "example.test"}) {
    mailstore::QueuedMessage message;
    message.sender = std::move(sender);
    message.content = mailstore::Content::of("Subject: x\r\n\r\n");
    message.received_at = std::time(nullptr);
    message.recipients.resize(2);
    message.recipients[0].account = 7;
    message.recipients[0].address = {"bob", "example.test"};
    message.recipients[1].number = 1;
    message.recipients[1].address = {"dave", "elsewhere.test"};
    return message;
  }

  Message accept(mailstore::QueuedMessage message) {
    std::promise<Message> stored;
    queue_->accept(std::move(message),
                   [&](const Message& kept, std::exception_ptr) { stored.set_value(kept); });
    return stored.get_future().get();
  }

  void settle(const std::vector<Job>& jobs, Attempt::End end, const std::string& reply) {
    std::vector<Attempt> attempts;
    for (const Job& job : jobs) attempts.push_back({job, end, reply, "", false});
    dispatch_.settle(std::move(attempts));
  }

  std::vector<mailstore::QueuedMessage> stored() { return mailstore::list_queue(folder_.path()); }

  tests::TemporaryFolder folder_;
  conf::Settings settings_ = settings();
  std::atomic<bool> full_ = false;  // nothing more is accepted
  std::unique_ptr<mailstore::Queue> queue_ =
      std::make_unique<mailstore::Queue>(folder_.path(), 4096, [this](std::string_view step) {
        if (full_ && step.find("INSERT INTO message") != std::string_view::npos) {
          throw std::runtime_error("no room");
        }
      });
  std::mutex mutex_;
  std::vector<Job> local_, elsewhere_;
  std::vector<Parcel> due_;
  std::vector<std::string> forgotten_;
  Dispatch dispatch_{*queue_,
                     settings_,
                     {[this](Job job) {
                        std::lock_guard lock(mutex_);
                        local_.push_back(std::move(job));
                      },
                      [this](const Message&, std::vector<Job> jobs) {
                        std::lock_guard lock(mutex_);
                        elsewhere_.insert(elsewhere_.end(), jobs.begin(), jobs.end());
                      },
                      [this](mailstore::AccountId, std::string id) {
                        std::lock_guard lock(mutex_);
                        forgotten_.push_back(std::move(id));
                      },
                      [](const mail::Address& address) {
                        mailstore::Resolution found;
                        found.domain_is_local = address.domain == "example.test";
                        if (address.local == "alice") found.accounts = {5};
                        return found;
                      },
                      [this](std::vector<mailstore::DueRecipient> due) {
                        std::lock_guard lock(mutex_);
                        for (const auto& one : due) due_.push_back({one.message, {one.number}});
                      }}};
};

TEST_F(DispatchTest, SplitsLocalAndRemote) {
  const Message kept = accept(message());
  dispatch_.take(kept);
  ASSERT_EQ(local_.size(), 1u);
  ASSERT_EQ(elsewhere_.size(), 1u);
  EXPECT_EQ(local_[0].recipient->account, 7);
  EXPECT_EQ(elsewhere_[0].recipient->address.local, "dave");
}

TEST_F(DispatchTest, OneAttemptAtATime) {
  dispatch_.take(accept(message()));
  dispatch_.sweep(kNow);
  EXPECT_EQ(local_.size(), 1u) << "the sweep leaves alone what is under way";
}

TEST_F(DispatchTest, DeliveredMessagesLeaveTheQueueAndAreForgotten) {
  const Message kept = accept(message());
  dispatch_.take(kept);
  settle(local_, Attempt::End::kDelivered, "250 2.0.0 ok");
  settle(elsewhere_, Attempt::End::kDelivered, "250 2.0.0 ok");
  EXPECT_TRUE(eventually([&] { return stored().empty(); }));
  EXPECT_TRUE(eventually([&] {
    std::lock_guard lock(mutex_);
    return forgotten_ == std::vector<std::string>{kept->delivery_id(kept->recipients[0])};
  }));
}

TEST_F(DispatchTest, DeferredRecipientsComeBackWhenTheyAreDue) {
  dispatch_.take(accept(message()));
  settle(local_, Attempt::End::kDelivered, "250 2.0.0 ok");
  settle(elsewhere_, Attempt::End::kDeferred, "451 4.4.1 no answer");
  ASSERT_TRUE(eventually([&] {
    const auto left = stored();
    return left.size() == 1 && left[0].recipients[1].attempts == 1;
  }));
  const mailstore::QueuedRecipient waiting = stored()[0].recipients[1];
  EXPECT_EQ(waiting.last_reply, "451 4.4.1 no answer");
  const std::int64_t pause = waiting.next_attempt - std::time(nullptr);
  EXPECT_NEAR(static_cast<double>(pause), 100, 22);
  dispatch_.sweep(std::time(nullptr) + 50);
  EXPECT_TRUE(due_.empty());
  EXPECT_TRUE(eventually([&] {
    dispatch_.sweep(std::time(nullptr) + 200);
    return due_.size() == 1;
  }));
}

TEST_F(DispatchTest, OurOwnTroubleIsTriedAgainWithinSeconds) {
  dispatch_.take(accept(message()));
  settle(local_, Attempt::End::kDeferred, "452 4.3.1 The disk is full");
  ASSERT_TRUE(eventually([&] { return stored()[0].recipients[0].attempts == 1; }));
  const std::int64_t pause = stored()[0].recipients[0].next_attempt - std::time(nullptr);
  EXPECT_LE(pause, 5);
}

TEST_F(DispatchTest, RetriesGoByChangedSettings) {
  conf::Settings changed = settings_;
  changed.relay.retry_first = conf::seconds(3000);
  dispatch_.change(changed);
  dispatch_.take(accept(message()));
  settle(elsewhere_, Attempt::End::kDeferred, "451 4.4.1 no answer");
  ASSERT_TRUE(eventually([&] { return stored()[0].recipients[1].attempts == 1; }));
  EXPECT_GT(stored()[0].recipients[1].next_attempt, std::time(nullptr) + 2000);
}

TEST_F(DispatchTest, FailuresBounceToTheSender) {
  dispatch_.take(accept(message()));
  const std::vector<Job> failed = elsewhere_;
  settle(local_, Attempt::End::kDelivered, "250 2.0.0 ok");
  local_.clear();
  settle(failed, Attempt::End::kFailed, "550 5.1.1 No such user");
  ASSERT_TRUE(eventually([&] {
    std::lock_guard lock(mutex_);
    return local_.size() == 1;
  }));
  EXPECT_EQ(local_[0].recipient->account, 5);
  EXPECT_TRUE(local_[0].message->sender.is_null());
  EXPECT_NE(local_[0].message->content.view().find("550 5.1.1 No such user"),
            std::string_view::npos);
  EXPECT_TRUE(eventually([&] { return stored().size() == 1; })) << "the bounce alone is left";
}

TEST_F(DispatchTest, WithoutAReportNoFailureIsRecorded) {
  dispatch_.take(accept(message()));
  full_ = true;
  settle(elsewhere_, Attempt::End::kFailed, "550 5.1.1 No such user");
  ASSERT_TRUE(eventually([&] { return stored().at(0).recipients[1].attempts == 1; }));
  full_ = false;
  EXPECT_EQ(stored()[0].recipients[1].state, mailstore::RecipientState::kQueued);
  EXPECT_GT(stored()[0].recipients[1].next_attempt, std::time(nullptr));
  EXPECT_EQ(stored().size(), 1u);
}

TEST_F(DispatchTest, ADelayIsToldOnceAndRemembered) {
  mailstore::QueuedMessage late = message();
  late.login = "alice@example.test";
  late.received_at -= settings_.relay.delay_notice.count();
  late.recipients.erase(late.recipients.begin());
  dispatch_.take(accept(std::move(late)));
  settle(elsewhere_, Attempt::End::kDeferred, "451 4.4.1 no answer");
  ASSERT_TRUE(eventually([&] {
    std::lock_guard lock(mutex_);
    return local_.size() == 1;
  })) << "the notice";
  EXPECT_NE(local_[0].message->content.view().find("Action: delayed\r\n"), std::string_view::npos);
  ASSERT_TRUE(eventually([&] { return stored().at(0).recipients[0].attempts == 1; }));
  EXPECT_TRUE(stored()[0].recipients[0].delay_told);
  EXPECT_EQ(stored()[0].recipients[0].state, mailstore::RecipientState::kQueued);
  mailstore::QueuedMessage told = stored()[0];
  Job again{std::make_shared<const mailstore::QueuedMessage>(told), nullptr};
  again.recipient = &again.message->recipients[0];
  settle({again}, Attempt::End::kDeferred, "451 4.4.1 no answer");
  ASSERT_TRUE(eventually([&] { return stored().at(0).recipients[0].attempts == 2; }));
  EXPECT_EQ(stored().size(), 2u) << "the message and one notice";
}

TEST_F(DispatchTest, ABounceThatFailsEndsThere) {
  dispatch_.take(accept(message({})));
  settle(local_, Attempt::End::kFailed, "550 5.1.1 gone");
  settle(elsewhere_, Attempt::End::kFailed, "550 5.1.1 gone");
  EXPECT_TRUE(eventually([&] { return stored().empty(); }));
  EXPECT_EQ(local_.size(), 1u);
}

TEST_F(DispatchTest, ABounceForNobodyIsDropped) {
  dispatch_.take(accept(message({"nobody", "example.test"})));
  settle(local_, Attempt::End::kFailed, "550 5.1.1 gone");
  settle(elsewhere_, Attempt::End::kFailed, "550 5.1.1 gone");
  EXPECT_TRUE(eventually([&] { return stored().empty(); }));
}

TEST_F(DispatchTest, TooOldMessagesFail) {
  mailstore::QueuedMessage old = message();
  old.received_at -= settings_.relay.give_up_after.count() + 1;
  old.recipients.erase(old.recipients.begin());
  dispatch_.take(accept(std::move(old)));
  settle(elsewhere_, Attempt::End::kDeferred, "451 4.4.1 no answer");
  ASSERT_TRUE(eventually([&] {
    std::lock_guard lock(mutex_);
    return local_.size() == 1;
  })) << "the bounce";
  EXPECT_NE(local_[0].message->content.view().find("Status: 5.4.7"), std::string_view::npos);
}

TEST_F(DispatchTest, LeftOversAreFoundAtStart) {
  accept(message());
  EXPECT_TRUE(local_.empty());
  dispatch_.sweep(kNow);
  EXPECT_EQ(local_.size(), 1u);
  ASSERT_EQ(due_.size(), 1u);
  const std::vector<Job> jobs = dispatch_.open(due_).at(0);
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].recipient->address.local, "dave");
}

TEST_F(DispatchTest, WhatIsLetGoIsFoundAgain) {
  accept(message());
  dispatch_.sweep(kNow);
  dispatch_.sweep(kNow);
  ASSERT_EQ(due_.size(), 1u);
  dispatch_.let_go(due_[0]);
  dispatch_.sweep(kNow);
  EXPECT_EQ(due_.size(), 2u);
}

TEST_F(DispatchTest, WaitingForADeadHostIsNoAttemptBeforeItsTime) {
  dispatch_.take(accept(message()));
  Attempt attempt{elsewhere_.at(0), Attempt::End::kDeferred, "451 4.4.1 no answer", "", false};
  attempt.not_before = std::time(nullptr) + 5000;
  dispatch_.settle({attempt});
  ASSERT_TRUE(eventually([&] { return stored()[0].recipients[1].attempts == 1; }));
  EXPECT_GE(stored()[0].recipients[1].next_attempt, attempt.not_before);
}

TEST_F(DispatchTest, WhatWasDeferredBeforeTheStartIsTakenUpInTime) {
  mailstore::QueuedMessage later = message();
  for (auto& recipient : later.recipients) recipient.next_attempt = kNow + 5;
  accept(std::move(later));
  EXPECT_EQ(dispatch_.sweep(kNow), kNow + 5);
  EXPECT_TRUE(local_.empty());
  dispatch_.sweep(kNow + 5);
  EXPECT_EQ(local_.size(), 1u);
}

TEST_F(DispatchTest, NothingBeginsAfterStop) {
  dispatch_.stop();
  dispatch_.take(accept(message()));
  EXPECT_TRUE(local_.empty());
  EXPECT_EQ(stored().size(), 1u);
}

}  // namespace
}  // namespace smtpd

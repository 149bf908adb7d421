#include "smtpd/deliver.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <mutex>

#include "conf/log.hpp"
#include "mailstore/append.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

class DeliverTest : public testing::Test {
 protected:
  DeliverTest() { conf::start_log("smtpd", {"error", "human"}); }

  void open() { store_.emplace(domain_.settings, mailstore::ChangeFeed::Mode::kRingOnly); }

  Job job(mailstore::AccountId account, const std::string& text) {
    auto message = std::make_shared<mailstore::QueuedMessage>();
    message->id = ++last_id_;
    message->name = "q" + std::to_string(message->id);
    message->content = mailstore::Content::of(text);
    message->recipients.resize(1);
    message->recipients[0].account = account;
    message->recipients[0].original = "bob@example.test";
    return {message, &message->recipients[0]};
  }

  /// Delivers them and gives the attempts, in order of their messages.
  std::vector<Attempt> deliver(const std::vector<Job>& jobs) {
    std::vector<Attempt> attempts;
    std::mutex mutex;
    {
      tls::WorkerPool workers(2);
      const Settle settle = [&](std::vector<Attempt> some) {
        std::lock_guard lock(mutex);
        attempts.insert(attempts.end(), some.begin(), some.end());
      };
      Room room(*store_, workers, domain_.settings.quota);
      const auto finished = [this](const std::vector<std::string>&) { return finished_; };
      Deliver deliver(*store_, workers, settle, finished, room);
      for (const Job& job : jobs) deliver.take(job);
      EXPECT_TRUE(eventually([&] {
        std::lock_guard lock(mutex);
        return attempts.size() == jobs.size();
      }));
      wait_for(workers);
    }
    std::sort(attempts.begin(), attempts.end(), [](const Attempt& a, const Attempt& b) {
      return a.job.message->id < b.job.message->id;
    });
    return attempts;
  }

  /// Jobs under way use `deliver`, which goes before the pool.
  static void wait_for(tls::WorkerPool& workers) {
    for (std::uint64_t key = 1; key <= 3; ++key) {
      std::promise<void> done;
      workers.post(key, [&] { done.set_value(); });
      done.get_future().wait();
    }
  }

  MailDomain domain_;
  std::optional<mailstore::Store> store_;
  mailstore::QueueId last_id_ = 0;
  std::vector<std::string> finished_;
};

TEST_F(DeliverTest, InOrderAndWithTheirHead) {
  const auto bob = domain_.add_user("bob", "secret");
  open();
  std::vector<Job> jobs;
  for (int i = 0; i < 250; ++i)
    jobs.push_back(job(bob, "Subject: " + std::to_string(i) + "\r\n\r\n"));
  for (const Attempt& attempt : deliver(jobs)) EXPECT_EQ(attempt.end, Attempt::End::kDelivered);
  const auto inbox = domain_.inbox("bob");
  ASSERT_EQ(inbox.size(), 250u);
  for (std::size_t i = 0; i < inbox.size(); ++i) {
    EXPECT_EQ(inbox[i], "Return-Path: <>\r\nDelivered-To: bob@example.test\r\nSubject: " +
                            std::to_string(i) + "\r\n\r\n");
  }
}

TEST_F(DeliverTest, TwiceIsOnce) {
  const auto bob = domain_.add_user("bob", "secret");
  open();
  const Job once = job(bob, "Subject: once\r\n\r\n");
  EXPECT_EQ(deliver({once})[0].end, Attempt::End::kDelivered);
  EXPECT_EQ(deliver({once})[0].end, Attempt::End::kDelivered);
  EXPECT_EQ(domain_.inbox("bob").size(), 1u);
}

TEST_F(DeliverTest, WhatAnEarlierProcessCouldNotForgetGoesWithTheFirstBatch) {
  const auto bob = domain_.add_user("bob", "secret");
  open();
  deliver({job(bob, "Subject: a\r\n\r\n"), job(bob, "Subject: b\r\n\r\n")});
  finished_ = {"q1.0"};
  deliver({job(bob, "Subject: c\r\n\r\n")});
  auto left = mailstore::remembered_deliveries(*store_->account(bob));
  std::sort(left.begin(), left.end());
  EXPECT_EQ(left, (std::vector<std::string>{"q2.0", "q3.0"}));
}

TEST_F(DeliverTest, ABrokenAccountIsAloneWithIt) {
  const auto bob = domain_.add_user("bob", "secret");
  const auto eve = domain_.add_user("eve", "secret");
  const auto folder = domain_.settings.data / "accounts" / std::to_string(eve);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "mail.db") << std::string(8192, 'x');
  open();
  const auto attempts = deliver({job(eve, "Subject: a\r\n\r\n"), job(bob, "Subject: b\r\n\r\n")});
  EXPECT_EQ(attempts[0].end, Attempt::End::kDeferred);
  EXPECT_TRUE(attempts[0].reply.starts_with("451 4.3.0"));
  EXPECT_EQ(attempts[1].end, Attempt::End::kDelivered);
}

TEST_F(DeliverTest, AnAccountThatIsGoneFails) {
  const auto bob = domain_.add_user("bob", "secret");
  open();
  ASSERT_TRUE(domain_.directory().remove_account("bob@example.test"));
  const auto attempts = deliver({job(bob, "Subject: late\r\n\r\n")});
  EXPECT_EQ(attempts[0].end, Attempt::End::kFailed);
  EXPECT_TRUE(attempts[0].reply.starts_with("550 5.1.1"));
}

}  // namespace
}  // namespace smtpd

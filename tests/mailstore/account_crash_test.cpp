// A process dies before every step of an operation in turn; what it leaves has to be consistent,
// and doing it again has to end as if it had been done once. (A power cut is more than a death:
// that synced is synced is SQLite's promise and ours of fsync before the commit.)
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "account_fixture.hpp"

namespace mailstore {
namespace {

constexpr int kFinished = 7;

class AccountCrashTest : public AccountTest {
 protected:
  /// Runs it in a child that dies before step `step`; true: it had no such step and finished.
  bool dies_at(int step, const std::function<void(Account&)>& operation) {
    close();
    const pid_t child = ::fork();
    if (child == 0) {
      Account own(7, folder(), kInlineLimit, nullptr);
      int count = 0;
      own.database().on_step([&](std::string_view) {
        if (count++ == step) ::_exit(0);
      });
      operation(own);
      ::_exit(kFinished);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    return WEXITSTATUS(status) == kFinished;
  }

  /// `again` is what a restarted server would do.
  void crash_everywhere(const std::function<void(Account&)>& operation,
                        const std::function<void()>& again) {
    bool finished = false;
    for (int step = 0; !finished; ++step) {
      ASSERT_LT(step, 200);
      SCOPED_TRACE("death before step " + std::to_string(step));
      finished = dies_at(step, operation);
      expect_consistent(account());
      again();
      expect_consistent(account());
      if (HasFailure()) return;
    }
  }
};

TEST_F(AccountCrashTest, ADeliveryHappensOnceWhateverDies) {
  const Content large = staged(message_text("large", 10'000));
  int number = 0;
  auto batch = [&] {
    std::vector<NewMessage> messages = {new_message("small"), new_message("large")};
    messages[1].content = large;
    for (int i = 0; i < 2; ++i)
      messages[i].delivery_id = "q" + std::to_string(number) + "." + std::to_string(i);
    return messages;
  };
  Uid last = 0;
  inbox();
  crash_everywhere([&](Account& own) { deliver(own, batch()); },
                   [&] {
                     deliver(account(), batch());
                     ++number;
                     const auto all = uids(inbox());
                     ASSERT_EQ(all.size(), 2u * number);
                     EXPECT_GT(all.back(), last);
                     last = all.back();
                     EXPECT_EQ(read_content(account(), inbox(), last), large.view());
                     sweep_orphans(account());
                     EXPECT_EQ(file_count(), std::size_t(number));
                   });
  EXPECT_GT(number, 10);
}

TEST_F(AccountCrashTest, AMoveIsWholeOrNotAtAll) {
  const MailboxId from = inbox(), to = id("Archive");
  NewMessage large;
  large.content = staged(message_text("large", 10'000));
  crash_everywhere(
      [&](Account& own) {
        const auto added = append(own, from, {new_message("one"), large}).value().messages;
        move_messages(own, from, {{added[0].uid, added[1].uid}}, to).value();
      },
      [&] {
        const auto here = uids(from).size(), there = uids(to).size();
        EXPECT_EQ(here % 2, 0u);
        EXPECT_EQ(there % 2, 0u);
        EXPECT_EQ(status(from).uid_next, here + there + 1) << "no UID twice, none lost";
      });
}

TEST_F(AccountCrashTest, AnExpungeLeavesNoHalf) {
  const MailboxId mailbox = inbox();
  NewMessage large;
  large.content = staged(message_text("large", 10'000));
  large.flags.system = mail::kDeleted;
  crash_everywhere(
      [&](Account& own) {
        const auto added = append(own, mailbox, {new_message("keep"), large}).value().messages;
        copy_messages(own, mailbox, {{added[0].uid, added[1].uid}}, mailbox).value();
        expunge(own, mailbox, kAll).value();
      },
      [&] {
        expunge(account(), mailbox, kAll).value();
        sweep_orphans(account());
        EXPECT_EQ(file_count(), 0u);
      });
}

TEST_F(AccountCrashTest, AnAccountIsMadeWholeOrNotAtAll) {
  for (int round = 0; round < 3; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      Account own(7, folder(), kInlineLimit, nullptr);
      ::_exit(kFinished);
    }
    ::usleep(static_cast<useconds_t>(2'000 * round));
    ::kill(child, SIGKILL);
    int ignored = 0;
    ::waitpid(child, &ignored, 0);
    EXPECT_EQ(list_mailboxes(account()).size(), 6u);
    close();
    std::filesystem::remove_all(folder());
  }
}

}  // namespace
}  // namespace mailstore

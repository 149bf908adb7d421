// The process dies before every single step the committer takes; afterwards everything that was
// promised must be there, and nothing else.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <set>
#include <sstream>

#include "mailstore/sqlite.hpp"
#include "tests/mailstore/queued_messages.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using enum RecipientState;

constexpr std::uint64_t kMostInline = 100;
const std::string kSmall = "small";
const std::string kLarge(1000, 'L');

/// Says what it was promised, line by line, in a pipe that outlives it: "accepted 3", "recording
/// 3", "recorded 3".
void say(int pipe, const std::string& what, QueueId id) {
  std::string line = what + " " + std::to_string(id) + "\n";
  (void)!::write(pipe, line.data(), line.size());
}

QueueId accept_one(Queue& queue, int pipe, const std::string& octets, int recipients) {
  QueuedMessage message = simple_message("", recipients);
  Staging staging = queue.stage();
  staging.write(octets);
  message.content = staging.finish();
  QueueId id = accept(queue, message)->id;
  say(pipe, "accepted", id);
  return id;
}

void record_one(Queue& queue, int pipe, std::vector<Outcome> outcomes) {
  QueueId id = outcomes[0].message;
  say(pipe, "recording", id);
  record(queue, std::move(outcomes));
  say(pipe, "recorded", id);
}

/// A day's work: three messages are delivered, one small, one large, one in two steps; two stay.
void work(const std::filesystem::path& data, int pipe, int steps) {
  auto step = [&](std::string_view) {
    if (steps-- == 0) ::_exit(1);
  };
  Queue queue(data, kMostInline, step);
  QueueId small = accept_one(queue, pipe, kSmall, 1);
  QueueId large = accept_one(queue, pipe, kLarge, 1);
  record_one(queue, pipe, {{small, 0, kDelivered, 0, ""}});
  accept_one(queue, pipe, kLarge, 1);
  QueueId two = accept_one(queue, pipe, kSmall, 2);
  record_one(queue, pipe, {{large, 0, kDelivered, 0, ""}});
  record_one(queue, pipe, {{two, 0, kDelivered, 0, ""}, {two, 1, kQueued, 99, "later"}});
  queue.tidy();
  record_one(queue, pipe, {{two, 1, kDelivered, 0, ""}});
  accept_one(queue, pipe, kSmall, 1);
}

struct Promises {
  std::set<QueueId> accepted, recording, recorded;
};

Promises read_promises(int pipe) {
  std::string text;
  char octets[4096];
  for (ssize_t got; (got = ::read(pipe, octets, sizeof octets)) > 0;)
    text.append(octets, static_cast<std::size_t>(got));
  Promises promises;
  std::istringstream lines(text);
  QueueId id = 0;
  for (std::string what; lines >> what >> id;) {
    if (what == "accepted") promises.accepted.insert(id);
    if (what == "recording") promises.recording.insert(id);
    if (what == "recorded") promises.recorded.insert(id);
  }
  return promises;
}

void check(const std::filesystem::path& data, const Promises& promises) {
  Queue queue(data, kMostInline);
  queue.tidy();
  queue.next_due();  // commits it
  std::map<QueueId, std::string> there;
  for (const auto& message : queue.due(INT64_MAX, 100)) {
    there[message->id] = message->content.view();
    EXPECT_TRUE(message->content.view() == kSmall || message->content.view() == kLarge);
  }
  EXPECT_EQ(there.size(), list_queue(data).size()) << "every message left is due some time";
  for (QueueId id : promises.accepted)
    EXPECT_TRUE(there.contains(id) || promises.recording.contains(id)) << "lost " << id;
  std::size_t unpromised = 0, files = 0, large = 0;
  for (const auto& [id, octets] : there) {
    unpromised += !promises.accepted.contains(id);
    large += octets == kLarge;
  }
  EXPECT_LE(unpromised, 1u) << "only the acceptance under way";
  for (const auto& file : std::filesystem::directory_iterator(data / "queue"))
    files += file.exists();
  EXPECT_EQ(files, large) << "no orphans after a start";
  Database database(data / "queue.db");
  EXPECT_EQ(database.integer("SELECT count(*) FROM message"), there.size()) << "nor orphaned rows";
  Statement row = database.query("PRAGMA integrity_check");
  EXPECT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "ok");
}

TEST(QueueCrash, BeforeEveryStep) {
  int status = 1, steps = 0;
  for (; status != 0; ++steps) {
    tests::TemporaryFolder folder;
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    pid_t child = ::fork();
    if (child == 0) {
      work(folder.path(), ends[1], steps);
      ::_exit(0);
    }
    ::close(ends[1]);
    Promises promises = read_promises(ends[0]);
    ::close(ends[0]);
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    SCOPED_TRACE("dying before step " + std::to_string(steps));
    check(folder.path(), promises);
    if (status == 0) {
      EXPECT_EQ(promises.accepted.size(), 5u);
      EXPECT_EQ(list_queue(folder.path()).size(), 2u);
    }
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(steps, 40);
}

}  // namespace
}  // namespace mailstore

#include <algorithm>
#include <chrono>
#include <optional>

#include "mua/commands.hpp"
#include "mua/password.hpp"
#include "mua/show_rows.hpp"
#include "mua/sync/backoff.hpp"

namespace mua {

namespace imap = mail::imap;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

// Routers forget a silent connection after some minutes (RFC 2177 allows 29).
constexpr milliseconds kLongestIdle{9 * 60'000};
constexpr milliseconds kBetweenNoops{15'000};

/// Takes over what was said; true when there is more than there was.
bool more_than(std::uint32_t& exists, const Answer& answer) {
  bool more = false;
  for (const imap::Data& data : answer.data) {
    if (data.keyword == "EXPUNGE" && exists > 0) --exists;
    if (data.keyword == "EXISTS" && data.number > exists) more = true;
    if (data.keyword == "EXISTS" && data.number < exists) exists = data.number;
  }
  return more;
}

/// Messages after the first `exists`.
asio::awaitable<std::vector<imap::Fetched>> fetch_after(ImapSession& session,
                                                        std::uint32_t exists) {
  const mail::SequenceSet news({{exists + 1, mail::SequenceSet::kStar}});
  imap::Request request = imap::fetch(news, kRowItems);
  const Answer answer = co_await session.must(std::move(request), "cannot fetch");
  std::vector<imap::Fetched> messages = fetched_of(answer);
  std::erase_if(messages,
                [&](const imap::Fetched& m) { return !m.envelope || m.sequence <= exists; });
  std::reverse(messages.begin(), messages.end());
  co_return messages;
}

/// What came while nobody was connected.
asio::awaitable<std::vector<imap::Fetched>> fetch_missed(ImapSession& session, Selection before,
                                                         Selection now) {
  std::vector<imap::Fetched> messages;
  const bool same = before.uid_validity == now.uid_validity && before.uid_next > 0;
  if (!same || now.uid_next <= before.uid_next) co_return messages;
  const mail::SequenceSet news({{before.uid_next, mail::SequenceSet::kStar}});
  imap::Request request = imap::uid_fetch(news, kRowItems);
  const Answer answer = co_await session.must(std::move(request), "cannot fetch");
  messages = fetched_of(answer);
  std::erase_if(messages, [&](const imap::Fetched& m) { return *m.uid < before.uid_next; });
  std::reverse(messages.begin(), messages.end());
  co_return messages;
}

/// What is waited for, over all connections.
struct Waiting {
  Account account;
  std::string password, mailbox;
  Clock::time_point until;             ///< max(): for ever
  std::optional<Selection> selection;  ///< as it was at first
  std::vector<imap::Fetched> messages;

  bool over() const { return !messages.empty() || Clock::now() >= until; }
  milliseconds left(milliseconds longest) const {
    if (until == Clock::time_point::max()) return longest;
    const auto rest = std::chrono::ceil<milliseconds>(until - Clock::now());
    return std::max(milliseconds(1), std::min(longest, rest));
  }
};

/// Until something came, the time is over, or Failure.
asio::awaitable<void> watch(Waiting& waiting) {
  ImapSession session(waiting.account, waiting.password);
  co_await session.open();
  const Selection now = co_await select(session, waiting.mailbox, imap::Access::kReadOnly);
  if (waiting.selection) {
    waiting.messages = co_await fetch_missed(session, *waiting.selection, now);
  } else {
    waiting.selection = now;
  }
  std::uint32_t exists = now.exists;
  const milliseconds longest = session.client().has("IDLE") ? kLongestIdle : kBetweenNoops;
  while (!waiting.over()) {
    const Answer answer = co_await session.idle(waiting.left(longest));
    if (more_than(exists, answer)) waiting.messages = co_await fetch_after(session, exists);
  }
  co_await session.close();
}

/// A connection that is lost later on is made anew: servers are restarted, and laptops sleep.
asio::awaitable<void> watch_on(Waiting& waiting) {
  sync::Backoff backoff;
  asio::steady_timer timer(co_await asio::this_coro::executor);
  while (!waiting.over()) {
    try {
      co_await watch(waiting);
    } catch (const Failure& failure) {
      const bool lost = failure.code == ExitCode::kConnection || failure.code == ExitCode::kRefused;
      if (!lost || !waiting.selection) throw;
    }
    if (waiting.over()) co_return;
    timer.expires_after(waiting.left(backoff.next(sync::Backoff::Waiting::kNobody)));
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

}  // namespace

asio::awaitable<ExitCode> wait(CommonOptions common, WaitOptions options) {
  Waiting waiting;
  waiting.account = find_account(common);
  waiting.password = password_of(waiting.account);
  waiting.mailbox = mail::canonical_mailbox_name(options.mailbox);
  waiting.until = options.timeout == 0 ? Clock::time_point::max()
                                       : Clock::now() + std::chrono::seconds(options.timeout);
  co_await watch_on(waiting);
  if (waiting.messages.empty()) co_return ExitCode::kNotFound;
  show_rows(*waiting.selection, std::move(waiting.messages), common.format);
  co_return ExitCode::kOk;
}

}  // namespace mua

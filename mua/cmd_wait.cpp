#include <algorithm>
#include <chrono>
#include <iterator>

#include "mua/commands.hpp"
#include "mua/password.hpp"
#include "mua/show_rows.hpp"

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

}  // namespace

asio::awaitable<ExitCode> wait(CommonOptions common, WaitOptions options) {
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const Selection selection = co_await select(session, options.mailbox, imap::Access::kReadOnly);
  const auto until = Clock::now() + std::chrono::seconds(options.timeout);
  std::uint32_t exists = selection.exists;
  std::vector<imap::Fetched> messages;
  const milliseconds longest = session.client().has("IDLE") ? kLongestIdle : kBetweenNoops;
  while (messages.empty()) {
    milliseconds left = longest;
    if (options.timeout > 0) {
      left = std::min(left, std::chrono::duration_cast<milliseconds>(until - Clock::now()));
      if (left <= milliseconds(0)) break;
    }
    const Answer answer = co_await session.idle(left);
    if (more_than(exists, answer)) messages = co_await fetch_after(session, exists);
  }
  co_await session.close();
  if (messages.empty()) co_return ExitCode::kNotFound;
  show_rows(selection, std::move(messages), common.format);
  co_return ExitCode::kOk;
}

}  // namespace mua

// IDLE (RFC 9051 §6.3.13): waits for the bell of the mailbox, and of what NOTIFY watches
// (RFC 5465 §4), or for the client's DONE.

#include <algorithm>

#include "imapd/handlers.hpp"
#include "mail/ascii.hpp"

namespace imapd {

namespace {

constexpr std::size_t kLongestDone = 1000;
constexpr tls::Seconds kQuiet(120);  // routers forget connections that are quiet for much longer

// Short enough to be said once at least before the session is over.
tls::Seconds quiet_of(const conf::Settings& settings) {
  return std::min(kQuiet, std::max(tls::Seconds(1), settings.imap.idle_timeout / 2));
}

}  // namespace

asio::awaitable<Reply> cmd_idle(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  session.out() += "+ idling\r\n";
  auto quiet = quiet_of(session.settings());
  auto left = session.settings().imap.idle_timeout;
  auto woken = Session::Woken::kRung;
  while (woken != Session::Woken::kInput) {
    if (session.stopping()) {
      session.end_with("", "The server is shutting down");
      co_return ok("Idle ended");
    }
    if (woken == Session::Woken::kNeither) {
      left -= quiet;
      if (left < quiet)
        throw tls::StreamError(tls::StreamError::Kind::kTimeout, "idle for too long");
      session.out() += "* OK Still here\r\n";
    } else {
      co_await session.tell_news(Expunges::kTell);
    }
    co_await session.flush();
    if (session.state() == State::kLogout) co_return ok("Idle ended");
    woken = co_await session.wait_for_news(quiet);
  }
  auto line = co_await session.stream().read_line(kLongestDone);
  if (!mail::same_ignoring_case(line.text, "DONE")) co_return bad("expected DONE");
  co_return ok("Idle completed");
}

}  // namespace imapd

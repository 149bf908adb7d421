// IDLE (RFC 9051 §6.3.13): waits for the mailbox's bell or the client's DONE.

#include "imapd/handlers.hpp"
#include "mail/ascii.hpp"

namespace imapd {

namespace {

constexpr std::size_t kLongestDone = 1000;

}  // namespace

asio::awaitable<Reply> cmd_idle(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  session.out() += "+ idling\r\n";
  for (;;) {
    if (session.stopping()) {
      session.end_with("", "The server is shutting down");
      co_return ok("Idle ended");
    }
    if (session.selected()) co_await session.tell_changes(Expunges::kTell);
    co_await session.flush();
    if (session.state() == State::kLogout) co_return ok("Idle ended");
    auto woken = co_await session.wait_for_news();
    if (woken == Session::Woken::kInput) break;
  }
  auto line = co_await session.stream().read_line(kLongestDone);
  if (!mail::same_ignoring_case(line.text, "DONE")) co_return bad("expected DONE");
  co_return ok("Idle completed");
}

}  // namespace imapd

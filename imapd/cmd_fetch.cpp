// FETCH and UID FETCH: the run renders on the pool, the session writes.

#include <algorithm>

#include "imapd/commands.hpp"
#include "imapd/fetch_run.hpp"
#include "imapd/handlers.hpp"
#include "imapd/message_limit.hpp"
#include "imapd/vanished.hpp"

namespace imapd {

namespace {

struct Piece {
  std::string text;
  bool more = false;
  bool broken = false;
};

bool uses_mod_seq(const mail::FetchArguments& arguments) {
  if (arguments.changed_since) return true;
  return std::any_of(arguments.items.begin(), arguments.items.end(), [](const auto& item) {
    const auto* attribute = std::get_if<mail::FetchAttribute>(&item);
    return attribute && *attribute == mail::FetchAttribute::kModSeq;
  });
}

// VANISHED (EARLIER): of the UIDs named, those expunged since (RFC 7162 §3.2.6).
asio::awaitable<void> tell_vanished(Session& session, const mail::FetchArguments& arguments) {
  auto* selected = session.selected();
  auto read = [mailbox = selected->mailbox(),
               since = *arguments.changed_since](mailstore::Account& account) {
    return mailstore::changes_since(account, mailbox, since, mailstore::RecentClaim::kLeave);
  };
  auto changes = co_await session.in_selected(std::move(read));
  if (!changes) co_return;
  auto skipped = co_await skipped_since(session, *arguments.changed_since);
  auto last = selected->view().uid_next - 1;
  auto& vanished = changes->vanished;
  std::erase_if(vanished, [&](auto uid) {
    return !arguments.messages.set.contains(uid, last) || selected->sequence_of(uid);
  });
  auto asked = arguments.messages.set.resolve(last);
  session.out() += render_vanished_earlier(vanished, skipped, asked);
}

}  // namespace

asio::awaitable<void> stream_fetch(Session& session, FetchRun& run) {
  auto render = [&run](mailstore::Account& account) {
    Piece piece;
    try {
      piece.more = run.render(account, piece.text);
    } catch (const std::exception&) {
      if (!run.in_literal()) throw;
      piece.broken = true;
    }
    return piece;
  };
  for (bool more = true; more;) {
    auto piece = co_await session.in_selected(render);
    if (piece.broken) {
      throw tls::StreamError(tls::StreamError::Kind::kClosed,
                             "a message could not be sent to its end");
    }
    more = piece.more;
    if (session.out().empty())
      session.out() = std::move(piece.text);
    else
      session.out() += piece.text;
    if (more) co_await session.flush();
  }
}

asio::awaitable<Reply> cmd_fetch(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_fetch(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto numbering = numbering_of(command);
  bool vanished = arguments->vanished;
  if (vanished && (!session.enabled().qresync || numbering != Numbering::kUid)) {
    co_return bad("VANISHED is for UID FETCH after ENABLE QRESYNC");
  }
  auto sequence = session.selected()->find(arguments->messages, numbering);
  if (!sequence) co_return bad("no message has such a sequence number");
  auto limit = session.settings().imap.message_limit;
  if (arguments->partial) {
    if (numbering != Numbering::kUid) co_return bad("PARTIAL is for UID FETCH");
    const auto& page = *arguments->partial;
    if (page.last - page.first >= limit) {
      co_return no(message_limit_code(limit), "the page is larger than one command may be");
    }
    *sequence = page_of(*sequence, page);
  }
  auto lowest = cut_to_limit(*sequence, *session.selected(), limit);
  session.enabled().condstore |= uses_mod_seq(*arguments);
  if (vanished) co_await tell_vanished(session, *arguments);
  FetchRun run(*session.selected(), session.enabled(), std::move(*arguments), std::move(*sequence),
               numbering);
  co_await stream_fetch(session, run);
  if (run.unknown_encoding()) co_return no("UNKNOWN-CTE", "a part's encoding is not known");
  auto reply = ok("Fetch completed");
  if (run.missed()) reply = ok("Some messages were expunged meanwhile", "EXPUNGEISSUED");
  co_return limited(std::move(reply), limit, lowest, session.out());
}

}  // namespace imapd

// SELECT, EXAMINE, CLOSE, UNSELECT (RFC 9051 §6.3.2, §6.3.3, §6.4.1, §6.4.2, RFC 7162 §3.2.5).

#include <fmt/format.h>

#include <algorithm>

#include "imapd/handlers.hpp"
#include "imapd/reach.hpp"
#include "imapd/vanished.hpp"
#include "imapd/wire_name.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/skipped.hpp"

namespace imapd {

namespace {

// By CLOSE: a turn on the account.
constexpr std::uint32_t kClosedAtOnce = 4096;

struct Opened {
  Reached mailbox;
  Access access;
  mailstore::MailboxView view;
};

mailstore::RecentClaim claim(Access access) {
  return access == Access::kReadOnly ? mailstore::RecentClaim::kLeave
                                     : mailstore::RecentClaim::kTake;
}

// The bell is set between finding the mailbox and reading it, so that no change is missed.
asio::awaitable<mail::Result<Opened, Reply>> open(Session& session, std::string wire,
                                                  Access access) {
  auto reached = co_await reach(session, std::move(wire), mail::Right::kRead);
  if (!reached) co_return mail::unexpected(reached.error());
  if (!reached->rights.has_any(mail::kChanging)) access = Access::kReadOnly;
  session.watch(reached->account, reached->info.id);
  auto read = [mailbox = reached->info.id, access](mailstore::Account& account) {
    return mailstore::open_mailbox(account, mailbox, claim(access));
  };
  auto view = co_await session.in_account(reached->account, std::move(read));
  if (!view) co_return mail::unexpected(refusal(view.error()));
  co_return Opened{std::move(*reached), access, std::move(*view)};
}

std::uint32_t first_unseen(const Selected& selected) {
  const auto& messages = selected.view().messages;
  auto unseen = std::find_if(messages.begin(), messages.end(),
                             [](const auto& state) { return (state.flags & mail::kSeen) == 0; });
  return unseen == messages.end() ? 0 : static_cast<std::uint32_t>(unseen - messages.begin()) + 1;
}

void tell_mailbox(Session& session, Selected& selected) {
  const auto& view = selected.view();
  const auto& enabled = session.enabled();
  auto& out = session.out();
  append_mailbox_flags(out, view.keywords, selected.access(), selected.rights());
  selected.tell_size(enabled, out);
  auto unseen = first_unseen(selected);
  bool tells_unseen = unseen != 0 && !enabled.rev2 && !enabled.uid_only;
  if (tells_unseen) out += fmt::format("* OK [UNSEEN {}] First unseen\r\n", unseen);
  out += fmt::format("* OK [UIDVALIDITY {}] UIDs valid\r\n", view.uid_validity);
  out += fmt::format("* OK [UIDNEXT {}] Predicted next UID\r\n", view.uid_next);
  out += fmt::format("* OK [HIGHESTMODSEQ {}] Highest\r\n", view.highest_mod_seq);
  out += fmt::format("* OK [MAILBOXID ({})] Its id\r\n", selected.info().object_id);
  if (!enabled.rev2) return;
  out += "* LIST () \"/\" ";
  append_name(out, selected.info().name, enabled);
  out += "\r\n";
}

mailstore::Uid agreed_up_to(const mail::SeqMatch& match, const Selected& selected) {
  auto uid_at = [&selected](std::uint32_t number) { return selected.message(number).uid; };
  return mail::agreed_up_to(match, selected.size(), uid_at);
}

// What is left of ranges above a UID.
std::vector<mail::NumberRange> beyond(std::vector<mail::NumberRange> ranges, mailstore::Uid uid) {
  std::erase_if(ranges, [uid](const auto& range) { return range.last <= uid; });
  if (!ranges.empty()) ranges.front().first = std::max(ranges.front().first, uid + 1);
  return ranges;
}

// What happened since the client was last here: UIDs that vanished, then the flags that changed.
asio::awaitable<void> resynchronize(Session& session, mail::QresyncParameters known) {
  auto* selected = session.selected();
  if (known.uid_validity != selected->view().uid_validity) co_return;
  auto read = [mailbox = selected->mailbox(), since = known.mod_seq](mailstore::Account& account) {
    return mailstore::changes_since(account, mailbox, since, mailstore::RecentClaim::kLeave);
  };
  auto changes = co_await session.in_selected(std::move(read));
  if (!changes) co_return;
  auto skipped = co_await skipped_since(session, known.mod_seq);
  auto vanished = std::move(changes->vanished);
  auto last = selected->view().uid_next - 1;
  auto agreed = known.match ? agreed_up_to(*known.match, *selected) : 0;
  std::erase_if(vanished, [&](auto uid) {
    // What went since the view was read is news, not history: it is counted in EXISTS.
    if (uid <= agreed || selected->sequence_of(uid)) return true;
    return known.known_uids && !known.known_uids->contains(uid, last);
  });
  auto asked = known.known_uids.value_or(mail::SequenceSet({{1, mail::SequenceSet::kStar}}));
  session.out() += render_vanished_earlier(vanished, skipped, beyond(asked.resolve(last), agreed));
  for (const auto& state : changes->changed) {
    if (known.known_uids && !known.known_uids->contains(state.uid, last)) continue;
    auto sequence = selected->sequence_of(state.uid);
    if (sequence)
      selected->append_state(*sequence, selected->message(*sequence), session.enabled(),
                             session.out());
    co_await session.flush_some();
  }
}

// To every client, whatever it has switched on (RFC 7162 §3.2.11).
void leave_selected(Session& session) {
  if (!session.selected()) return;
  session.unselect();
  session.out() += "* OK [CLOSED] Previous mailbox closed\r\n";
}

}  // namespace

asio::awaitable<std::vector<mail::NumberRange>> skipped_since(Session& session,
                                                              mailstore::ModSeq since) {
  auto read = [mailbox = session.selected()->mailbox(), since](mailstore::Account& account) {
    return mailstore::skipped_since(account, mailbox, since);
  };
  co_return co_await session.in_selected(std::move(read));
}

asio::awaitable<Reply> cmd_select(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_select(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (arguments->qresync && !session.enabled().qresync) co_return bad("ENABLE QRESYNC comes first");
  bool numbered = arguments->qresync && arguments->qresync->match;
  if (numbered && session.enabled().uid_only) co_return uid_required();
  leave_selected(session);
  auto access = command.verb == "EXAMINE" ? Access::kReadOnly : Access::kReadWrite;
  auto opened = co_await open(session, arguments->mailbox, access);
  if (!opened) {
    session.unselect();
    co_return opened.error();
  }
  access = opened->access;
  session.enabled().condstore |= arguments->condstore || arguments->qresync.has_value();
  Standing standing{opened->mailbox.account, opened->mailbox.rights};
  session.select(std::make_unique<Selected>(std::move(opened->mailbox.info), access,
                                            std::move(opened->view), standing));
  tell_mailbox(session, *session.selected());
  if (arguments->qresync) co_await resynchronize(session, std::move(*arguments->qresync));
  if (access == Access::kReadOnly) {
    co_return ok(command.verb == "EXAMINE" ? "Examine completed" : "Select completed", "READ-ONLY");
  }
  co_return ok("Select completed", "READ-WRITE");
}

// CLOSE expunges without a word, and without HIGHESTMODSEQ: what others changed meanwhile is not
// told either, and a client that took the number would never ask (RFC 7162 §3.2.8).
asio::awaitable<Reply> cmd_close(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto* selected = session.selected();
  std::string untold;
  if (selected->may(mail::Right::kExpunge) && selected->size() > 0) {
    for (const auto& uids : selected->uid_parts({{1, selected->size()}}, kClosedAtOnce)) {
      auto remove = [mailbox = selected->mailbox(), &uids](mailstore::Account& account) {
        return mailstore::expunge(account, mailbox, uids);
      };
      auto removed = co_await session.in_selected(remove);
      // NOTIFY goes on from what the client knows, and this much it does.
      if (session.notifier() && removed) {
        selected->expunged(*removed, session.enabled(), untold);
      }
    }
  }
  session.unselect();
  co_return ok("Close completed");
}

asio::awaitable<Reply> cmd_unselect(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  session.unselect();
  co_return ok("Unselect completed");
}

}  // namespace imapd

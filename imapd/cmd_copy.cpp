// COPY, MOVE and their UID forms (RFC 9051 §6.4.7, §6.4.8). Within one account messages share their
// contents; into another's they are copied (mailstore/copy_across.hpp).

#include <fmt/format.h>

#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "imapd/message_limit.hpp"
#include "imapd/reach.hpp"
#include "mail/imap_store.hpp"
#include "mailstore/copy_across.hpp"

namespace imapd {

namespace {

/// What was done, and why not the rest.
struct Outcome {
  mailstore::CopyResult result;
  std::optional<Reply> refused;
  MailboxKey to{};
};

Outcome refused(Reply reply) { return {{}, or_create_it(std::move(reply))}; }

struct Wanted {
  std::vector<mail::NumberRange> uids;
  bool moves = false;
};

// One job, so that the destination can't go between being found and being filled.
asio::awaitable<Outcome> copy_within(Session& session, const Wanted& wanted,
                                     const Location& location) {
  const auto limits = session.service().store().limits(location.owner.id);
  auto job = [&wanted, &location, &limits, user = session.account().id,
              from = session.selected()->mailbox()](mailstore::Account& account) -> Outcome {
    auto to = reach_in(account, user, location, mail::Right::kInsert);
    if (!to) return refused(to.error());
    auto copied = wanted.moves
                      ? mailstore::move_messages(account, from, wanted.uids, to->info.id)
                      : mailstore::copy_messages(account, from, wanted.uids, to->info.id, limits);
    if (!copied) return refused(refusal(copied.error()));
    return {std::move(*copied), std::nullopt, MailboxKey{to->account, to->info.id}};
  };
  co_return co_await session.in_selected(job);
}

// Of another account, or where the user may not set all flags.
asio::awaitable<Outcome> copy_across(Session& session, const Wanted& wanted, const Reached& to) {
  const auto* selected = session.selected();
  auto open = [&session, selected](mailstore::Account&) {
    return session.service().store().separate_account(selected->account());
  };
  auto account = co_await session.in_account(to.account, open);
  mailstore::CopySource source{std::move(account), selected->mailbox(), wanted.uids};
  auto kind =
      wanted.moves ? mailstore::CopyAcross::Kind::kMove : mailstore::CopyAcross::Kind::kCopy;
  mailstore::CopyAcross copy(std::move(source), to.info.id, to.rights, kind);
  // What moves within an account takes no more room there than before.
  bool takes_room = !wanted.moves || to.account != selected->account();
  if (takes_room) copy.keep_within(session.service().store().limits(to.account));
  co_await session.in_slices_of(to.account, copy);
  Outcome outcome{copy.result(), std::nullopt, MailboxKey{to.account, to.info.id}};
  if (copy.failure()) outcome.refused = refusal(*copy.failure());
  co_return outcome;
}

asio::awaitable<Outcome> copy(Session& session, const Wanted& wanted, std::string wire) {
  auto location = co_await find_location(session, std::move(wire));
  if (!location) co_return refused(location.error());
  const auto here = session.selected()->account();
  if (location->owner.id == here && location->is_own(session)) {
    co_return co_await copy_within(session, wanted, *location);
  }
  auto find = [&location = *location, user = session.account().id](mailstore::Account& account) {
    return reach_in(account, user, location, mail::Right::kInsert);
  };
  auto to = co_await session.in_account(location->owner.id, find);
  if (!to) co_return refused(to.error());
  constexpr auto kAllFlags =
      mail::Right::kSeen | mail::Right::kWrite | mail::Right::kDeleteMessages;
  if (to->account == here && to->rights.has(kAllFlags)) {
    co_return co_await copy_within(session, wanted, *location);
  }
  co_return co_await copy_across(session, wanted, *to);
}

// "COPYUID 38505 304,319:320 3956:3958"; "" when nothing was copied
std::string copied_code(const mailstore::CopyResult& result) {
  if (result.copied.empty()) return "";
  std::vector<std::uint32_t> from, to;
  for (auto [source, destination] : result.copied) {
    from.push_back(source);
    to.push_back(destination);
  }
  return fmt::format("COPYUID {} {} {}", result.uid_validity, mail::render_uid_set(from),
                     mail::render_uid_set(to));
}

// Copies that others' messages stand between are told as theirs are.
void note_copies(Session& session, const Outcome& outcome) {
  const auto& copied = outcome.result.copied;
  if (copied.empty()) return;
  mail::NumberRange uids{copied.front().second, copied.back().second};
  if (uids.last - uids.first + 1 == copied.size()) session.arrived_by_client(outcome.to, uids);
}

// COPYUID goes before the EXPUNGEs that take the numbers away (RFC 6851 §4.3).
void tell_moved(Session& session, const mailstore::CopyResult& result) {
  auto code = copied_code(result);
  if (code.empty()) return;
  session.out() += fmt::format("* OK [{}] Moved\r\n", code);
  std::vector<mailstore::Uid> gone;
  for (auto [source, destination] : result.copied) gone.push_back(source);
  session.selected()->expunged(gone, session.enabled(), session.out());
}

// Moving takes away, as \Deleted and EXPUNGE would (RFC 6851 §4.4).
std::optional<Reply> objection_to_moving(const Selected& selected) {
  if (selected.access() == Access::kReadOnly) {
    return no("READ-ONLY", "the mailbox is open for reading only");
  }
  if (selected.rights().has(mail::Right::kDeleteMessages | mail::Right::kExpunge)) {
    return std::nullopt;
  }
  return no("NOPERM", "you have no right to take messages away here");
}

}  // namespace

asio::awaitable<Reply> cmd_copy(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_copy(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  Wanted wanted;
  wanted.moves = command.verb.ends_with("MOVE");
  auto* selected = session.selected();
  auto sequence = selected->find(arguments->messages, numbering_of(command));
  if (!sequence) co_return bad("no message has such a sequence number");
  if (wanted.moves) {
    if (auto reply = objection_to_moving(*selected)) co_return *reply;
  }
  auto limit = session.settings().imap.message_limit;
  auto lowest = cut_to_limit(*sequence, *selected, limit);
  if (lowest && !wanted.moves) {  // all or nothing
    co_return no(message_limit_code(limit, lowest), "too many messages for one COPY");
  }
  wanted.uids = selected->uids(*sequence);
  auto outcome = co_await copy(session, wanted, arguments->mailbox);
  note_copies(session, outcome);
  if (wanted.moves) tell_moved(session, outcome.result);
  if (outcome.refused) co_return *outcome.refused;
  if (!wanted.moves) co_return ok("Copy completed", copied_code(outcome.result));
  bool moved = !outcome.result.copied.empty();
  bool tells_mod_seq = moved && session.enabled().qresync;
  auto reply = tells_mod_seq ? ok_expunged("Move completed") : ok("Move completed");
  co_return limited(std::move(reply), limit, lowest, session.out());
}

}  // namespace imapd

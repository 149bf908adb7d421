// STORE and UID STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3).

#include <algorithm>
#include <span>

#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "imapd/message_limit.hpp"
#include "mail/ascii.hpp"
#include "mail/imap_store.hpp"
#include "mailstore/flags.hpp"

namespace imapd {

namespace {

// A turn on the account: some milliseconds.
constexpr std::uint32_t kStoredAtOnce = 32768;
// What is rendered before the client has to take it.
constexpr std::size_t kToldAtOnce = 4096;

mailstore::FlagChange change_of(mail::StoreMode mode) {
  switch (mode) {
    case mail::StoreMode::kAdd: return mailstore::FlagChange::kAdd;
    case mail::StoreMode::kRemove: return mailstore::FlagChange::kRemove;
    case mail::StoreMode::kReplace: break;
  }
  return mailstore::FlagChange::kReplace;
}

// The flags as bits, once the store has given every keyword its slot.
mailstore::FlagBits bits_of(const mail::FlagSet& flags, const std::vector<std::string>& keywords) {
  mailstore::FlagBits bits = flags.system;
  for (std::size_t slot = 0; slot < keywords.size(); ++slot) {
    for (const auto& keyword : flags.keywords) {
      if (mail::same_ignoring_case(keyword, keywords[slot]))
        bits |= mailstore::FlagBits{1} << (slot + 8);
    }
  }
  return bits;
}

mailstore::FlagBits applied(mailstore::FlagBits before, mail::StoreMode mode,
                            mailstore::FlagBits bits) {
  if (mode == mail::StoreMode::kAdd) return before | bits;
  return mode == mail::StoreMode::kRemove ? before & ~bits : bits;
}

// What the user's rights leave as it is; with "w" keywords are his, known or not (RFC 4314 §4).
mailstore::FlagBits untouched_by(mail::Rights rights) {
  mailstore::FlagBits touched = mail::permitted_system_flags(rights);
  if (rights.has(mail::Right::kWrite)) touched |= ~mailstore::FlagBits{0xff};
  return ~touched;
}

// Of several flags those that the user may change are changed; NO is for none at all.
bool may_store(const mail::StoreArguments& arguments, mail::Rights rights) {
  constexpr auto kAny = mail::Right::kSeen | mail::Right::kWrite | mail::Right::kDeleteMessages;
  bool clears = arguments.mode == mail::StoreMode::kReplace;
  bool none_named = arguments.flags == mail::FlagSet();
  if (clears || none_named) return rights.has_any(kAny);
  return mail::permitted(arguments.flags, rights) != mail::FlagSet();
}

// A silent STORE is silent about what it did itself, unless it was conditional (RFC 7162 §3.1.3),
// not about what others did to the same messages.
void tell_stored(Session& session, const mail::StoreArguments& arguments, Numbering numbering,
                 std::span<const mailstore::MessageState> states) {
  auto* selected = session.selected();
  auto told = session.enabled();
  bool silent = arguments.silent && !arguments.unchanged_since;
  auto bits = bits_of(arguments.flags, selected->view().keywords);
  auto tell = [&](std::uint32_t sequence, const mailstore::MessageState& before,
                  const mailstore::MessageState& after) {
    bool surprising = after.flags != applied(before.flags, arguments.mode, bits);
    bool newer = told.condstore && after.mod_seq != before.mod_seq;
    if (silent && !surprising && !newer) return;
    selected->append_state(sequence, after, told, session.out(), numbering);
  };
  selected->update(states, tell);
}

asio::awaitable<void> keep_view(Session& session) {
  auto* selected = session.selected();
  if (selected->holds_expunges()) co_return;
  auto keep = [selected](mailstore::Account& account) {
    mailstore::keep_view(account, selected->mailbox(), selected->view());
    return true;
  };
  co_await session.in_selected(keep);
}

// [MODIFIED 7,9]: in the numbers the command used.
std::string modified_code(const Selected& selected, const std::vector<mailstore::Uid>& uids,
                          Numbering numbering) {
  std::vector<std::uint32_t> numbers;
  for (auto uid : uids) {
    auto sequence = selected.sequence_of(uid);
    if (sequence) numbers.push_back(numbering == Numbering::kUid ? uid : *sequence);
  }
  return "MODIFIED " + mail::render_uid_set(numbers);
}

}  // namespace

asio::awaitable<Reply> cmd_store(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_store(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto* selected = session.selected();
  auto numbering = numbering_of(command);
  auto sequence = selected->find(arguments->messages, numbering);
  if (!sequence) co_return bad("no message has such a sequence number");
  if (selected->access() == Access::kReadOnly) {
    co_return no("READ-ONLY", "the mailbox was opened by EXAMINE");
  }
  if (!may_store(*arguments, selected->rights())) {
    co_return no("NOPERM", "you have no right to change these flags");
  }
  arguments->flags = mail::permitted(std::move(arguments->flags), selected->rights());
  session.enabled().condstore |= arguments->unchanged_since.has_value();
  if (sequence->empty()) co_return ok("Store completed");
  auto limit = session.settings().imap.message_limit;
  auto lowest = cut_to_limit(*sequence, *selected, limit);
  std::vector<mailstore::Uid> modified;
  const auto parts = selected->uid_parts(*sequence, kStoredAtOnce);
  for (const auto& uids : parts) {
    auto change = [mailbox = selected->mailbox(), &uids,
                   untouched = untouched_by(selected->rights()),
                   &stored = *arguments](mailstore::Account& account) {
      return mailstore::store_flags(account, mailbox, uids, change_of(stored.mode), stored.flags,
                                    stored.unchanged_since, untouched);
    };
    auto result = co_await session.in_selected(change);
    if (!result) co_return refusal(result.error());
    selected->update_keywords(std::move(result->keywords), session.out());
    std::span<const mailstore::MessageState> stored = result->messages;
    while (!stored.empty()) {
      auto some = stored.first(std::min(stored.size(), kToldAtOnce));
      stored = stored.subspan(some.size());
      tell_stored(session, *arguments, numbering, some);
      co_await session.flush_some();
    }
    selected->advance(result->before, result->after);
    modified.insert(modified.end(), result->modified.begin(), result->modified.end());
  }
  if (parts.size() > 1) co_await keep_view(session);
  auto reply = ok("Store completed");
  if (!modified.empty()) {
    reply = ok("Conditional store failed for some", modified_code(*selected, modified, numbering));
  }
  co_return limited(std::move(reply), limit, lowest, session.out());
}

}  // namespace imapd

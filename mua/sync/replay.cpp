#include "mua/sync/replay.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mua/mailbox_list.hpp"
#include "mua/sync/journal_effects.hpp"
#include "mua/transfer.hpp"

namespace mua::sync {

namespace imap = mail::imap;
using mailstore::Transaction;
using State = EntryState;

namespace {

// Servers bound the length of a line; a range may still be many messages.
constexpr std::size_t kMostUids = 500;
// After a server that could not just now.
constexpr std::int64_t kPatience = 30'000;  // milliseconds

/// UIDs that are known, ascending, in groups that fit into a command.
std::vector<std::vector<std::uint32_t>> groups_of(const std::vector<EntryMessage>& messages) {
  std::vector<std::uint32_t> uids;
  for (const EntryMessage& each : messages) {
    if (each.uid != 0) uids.push_back(each.uid);
  }
  std::sort(uids.begin(), uids.end());
  std::vector<std::vector<std::uint32_t>> groups;
  for (const std::uint32_t uid : uids) {
    if (groups.empty() || groups.back().size() == kMostUids) groups.emplace_back();
    groups.back().push_back(uid);
  }
  return groups;
}

mail::FlagSet flag_set(const std::string& flag) {
  mail::FlagSet flags;
  change_flag(flags, flag, true);
  return flags;
}

bool is_passing(const Failure& failure) {
  const std::string_view what = failure.what();
  for (const char* code : {"[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]"}) {
    if (what.find(code) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

Replay::Replay(MailboxSync& mailbox, LocalStore& store, Events& events,
               std::function<std::int64_t()> now)
    : mailbox_(mailbox), store_(store), events_(events), now_(std::move(now)) {}

asio::awaitable<void> Replay::carry_out(Entry entry) {
  if (entry.state == State::kWaiting && !journal_.begin(entry.id)) co_return;
  std::optional<Failure> failure;
  try {
    co_await tell(entry);
  } catch (const Failure& thrown) {
    failure = thrown;
  }
  if (failure) {
    const bool lost = mailbox_.session().lost();
    // A mail that is sent is sent: its copy is tried for until it is there.
    const bool again = lost || is_passing(*failure) || entry.state == State::kSent;
    if (again) {
      journal_.postpone(entry.id, lost ? entry.not_before : now_() + kPatience, failure->what());
    } else {
      journal_.fail(entry.id, failure->what(), failure->advice);
      events_.put(Notice{entry.label + ": " + failure->what()});
      events_.put(FolderChanged{entry.folder});
      if (entry.target != 0) events_.put(FolderChanged{entry.target});
    }
  }
  events_.put(JournalChanged{entry.id});
  if (failure && mailbox_.session().lost()) throw *failure;
}

asio::awaitable<void> Replay::tell(Entry entry) {
  std::vector<EntryMessage> messages = journal_.messages(entry.id);
  switch (entry.action) {
    case Action::kFlag: co_await tell_flag(std::move(entry), std::move(messages)); break;
    case Action::kMove: co_await tell_move(std::move(entry), std::move(messages)); break;
    case Action::kExpunge: co_await tell_expunge(std::move(entry), std::move(messages)); break;
    case Action::kAppend: co_await tell_append(std::move(entry)); break;
    case Action::kSend:
      if (entry.state == State::kAsking) {
        co_await ask_sent(std::move(entry));
      } else {
        co_await file_copy(std::move(entry));
      }
      break;
  }
}

asio::awaitable<void> Replay::must(imap::Request request, std::string what) {
  const Answer answer = co_await mailbox_.ask(std::move(request));
  if (!answer.status.ok()) throw refusal(what, answer.status);
}

asio::awaitable<void> Replay::tell_flag(Entry entry, std::vector<EntryMessage> messages) {
  co_await mailbox_.enter(entry.folder);
  const imap::FlagChange change = entry.set ? imap::FlagChange::kAdd : imap::FlagChange::kRemove;
  const mail::FlagSet flags = flag_set(entry.flag);
  for (const auto& uids : groups_of(messages)) {
    imap::Request store = imap::uid_store(mail::SequenceSet::of(uids), change, flags);
    co_await must(std::move(store), "cannot " + entry.label);
  }
  finish(entry);
}

asio::awaitable<void> Replay::tell_move(Entry entry, std::vector<EntryMessage> messages) {
  const auto target = folders_.find(entry.target);
  if (!target) throw Failure(ExitCode::kNotFound, "the folder to move to is gone");
  co_await mailbox_.enter(entry.folder);
  const Selection from{"", 0, 0};
  for (const auto& uids : groups_of(messages)) {
    std::string copyuid;
    for (imap::Request& request : move_requests(mailbox_.session().client(), uids, target->name)) {
      imap::Request again = request;
      Answer answer = co_await mailbox_.ask(std::move(request));
      if (answer.status.code.name == "TRYCREATE") {
        imap::Request create = imap::create(target->name);
        co_await must(std::move(create), "cannot create " + target->name);
        answer = co_await mailbox_.ask(std::move(again));
      }
      if (!answer.status.ok()) throw refusal("cannot " + entry.label, answer.status);
      if (copyuid.empty()) copyuid = answer.code("COPYUID");
    }
    const Moves moves = read_copyuid(copyuid, from, uids, target->name);
    Transaction transaction(store_.database(), Transaction::Kind::kWrite);
    MessageWriter writer(store_);
    for (const EntryMessage& each : messages) {
      for (const auto& [old_ref, new_ref] : moves) {
        if (old_ref.uid == each.uid && new_ref.uid != 0)
          writer.placed(each.message, entry.target, new_ref.uid);
      }
    }
    transaction.commit();
  }
  Transaction transaction(store_.database(), Transaction::Kind::kWrite);
  MessageWriter writer(store_);
  for (const EntryMessage& each : messages) writer.lost_sight(each.message, entry.target);
  transaction.commit();
  finish(entry);
  events_.put(FolderChanged{entry.target});
}

asio::awaitable<void> Replay::tell_expunge(Entry entry, std::vector<EntryMessage> messages) {
  co_await mailbox_.enter(entry.folder);
  for (auto uids : groups_of(messages)) {
    co_await expunge_messages(mailbox_.session(), std::move(uids));
  }
  Transaction transaction(store_.database(), Transaction::Kind::kWrite);
  for (const EntryMessage& each : messages) {
    store_.database().run("DELETE FROM message WHERE id = ? AND folder = 0", each.message);
  }
  transaction.commit();
  finish(entry);
}

/// Whether a message of that Message-ID is there; false for none.
asio::awaitable<bool> Replay::holds(FolderId folder, std::string message_id) {
  const std::vector<std::uint32_t> found = co_await find(folder, std::move(message_id));
  co_return !found.empty();
}

/// The UIDs of messages of that Message-ID; none for "".
asio::awaitable<std::vector<std::uint32_t>> Replay::find(FolderId folder, std::string message_id) {
  std::vector<std::uint32_t> uids;
  if (message_id.empty()) co_return uids;
  co_await mailbox_.enter(folder);
  imap::Request request = search_message_id(message_id);
  const Answer answer = co_await mailbox_.ask(std::move(request));
  if (!answer.status.ok()) throw refusal("cannot search", answer.status);
  for (const imap::Data& data : answer.data) {
    auto found = imap::read_search(data, kMostUids);
    if (found && !found->empty()) uids = std::move(*found);
  }
  co_return uids;
}

asio::awaitable<void> Replay::append_to(FolderId folder, Entry entry) {
  const auto into = folders_.find(folder);
  if (!into) throw Failure(ExitCode::kNotFound, "the folder is gone");
  imap::Request request = imap::append(into->name, entry.flags, journal_.octets(entry));
  co_await must(std::move(request), "cannot put it into " + into->name);
  events_.put(FolderChanged{folder});
}

/// The new copy first, then the old ones go: whenever the connection ends, a whole one is there.
/// Told again, it leaves one copy too.
asio::awaitable<void> Replay::tell_draft(Entry entry) {
  std::vector<std::uint32_t> old = co_await find(entry.folder, entry.message_id);
  if (entry.content != 0) co_await append_to(entry.folder, entry);
  if (!old.empty()) {
    co_await mailbox_.enter(entry.folder);
    const mail::SequenceSet gone = mail::SequenceSet::of(old);
    co_await expunge_messages(mailbox_.session(), std::move(old));
    Transaction transaction(store_.database(), Transaction::Kind::kWrite);
    MessageWriter(store_).vanish(entry.folder, gone);
    transaction.commit();
    events_.put(FolderChanged{entry.folder});
  }
  finish(entry);
}

asio::awaitable<void> Replay::tell_append(Entry entry) {
  if (!entry.set) {
    co_await tell_draft(std::move(entry));
    co_return;
  }
  // Tried before, it may be there.
  bool there = false;
  if (entry.tries > 0) there = co_await holds(entry.folder, entry.message_id);
  if (!there) co_await append_to(entry.folder, entry);
  finish(entry);
}

asio::awaitable<FolderId> Replay::require_sent() {
  if (const auto sent = folders_.find(SpecialUse::kSent)) co_return sent->id;
  const std::string name = co_await require_role(mailbox_.session(), Role::kSent);
  co_return folders_.require(name);
}

asio::awaitable<void> Replay::file_copy(Entry entry) {
  if (entry.files_copy) {
    const FolderId sent = co_await require_sent();
    const bool there = co_await holds(sent, entry.message_id);
    entry.flags = {mail::kSeen, {}};
    if (!there) co_await append_to(sent, entry);
  }
  after_sending(entry);
  finish(entry);
}

asio::awaitable<void> Replay::ask_sent(Entry entry) {
  // Of what leaves no copy there is nothing to ask.
  bool there = false;
  if (entry.files_copy) {
    const FolderId sent = co_await require_sent();
    there = co_await holds(sent, entry.message_id);
  }
  if (there) {
    after_sending(entry);
    finish(entry);
    co_return;
  }
  throw Failure(ExitCode::kFailed, "the connection ended before the server said whether it took it",
                "It may have been sent, and it is not in Sent. Sent again it has the same "
                "Message-ID, by which many servers know it; or make it a draft again.");
}

void Replay::after_sending(const Entry& entry) {
  Actions actions(store_);
  const std::int64_t now = now_() / 1000;
  // Nobody did these: undo is about the mail.
  const auto not_for_undo = [&](std::optional<EntryId> id) {
    if (id) store_.database().run("UPDATE journal SET undoable = 0 WHERE id = ?", *id);
  };
  const auto mark = [&](const std::optional<MessageId>& message, const char* flag) {
    if (!message) return;
    const std::vector<MessageId> one{*message};
    not_for_undo(actions.flag(one, flag, Actions::Change::kSet, now));
  };
  mark(entry.answered, "\\Answered");
  mark(entry.forwarded, "$Forwarded");
  for (const FolderId folder : actions.kept_drafts(entry.message_id)) {
    actions.drop_draft(folder, entry.message_id, now);
  }
  if (entry.supersedes)
    not_for_undo(actions.remove(std::vector<MessageId>{*entry.supersedes}, now));
}

void Replay::finish(const Entry& entry) { journal_.move(entry.id, State::kDone); }

}  // namespace mua::sync

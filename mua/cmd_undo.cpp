#include <fmt/format.h>

#include <ctime>
#include <map>

#include "mua/commands.hpp"
#include "mua/deeds.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/sync/undo.hpp"
#include "mua/sync_once.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

using Group = std::pair<std::string, std::string>;  // where they are, where they were

asio::awaitable<Moves> move_back(ImapSession& session, std::vector<Deed::MovedBack> moved) {
  std::map<Group, std::vector<MessageRef>> groups;
  for (const auto& one : moved) groups[{one.now.mailbox, one.mailbox}].push_back(one.now);
  Moves moves;
  for (const auto& [group, refs] : groups) {
    const Moves some = co_await move_messages(session, group.first, refs, group.second);
    moves.insert(moves.end(), some.begin(), some.end());
  }
  co_return moves;
}

asio::awaitable<void> store(ImapSession& session, std::uint32_t uid, imap::FlagChange change,
                            mail::FlagSet flags) {
  if (flags == mail::FlagSet{}) co_return;
  imap::Request request = imap::uid_store(mail::SequenceSet::of({uid}), change, flags);
  co_await session.must(std::move(request), "cannot change flags");
}

std::vector<MessageRef> in_mailbox(const std::vector<Deed::FlaggedBack>& flagged,
                                   const std::string& mailbox) {
  std::vector<MessageRef> out;
  for (const auto& one : flagged) {
    if (one.message.mailbox == mailbox) out.push_back(one.message);
  }
  return out;
}

asio::awaitable<void> flag_back(ImapSession& session, std::vector<Deed::FlaggedBack> flagged) {
  std::string selected;
  for (const auto& one : flagged) {
    if (selected != one.message.mailbox) {
      Selection selection = co_await select(session, one.message.mailbox, imap::Access::kReadWrite);
      co_await require_messages(session, selection, in_mailbox(flagged, one.message.mailbox));
      selected = one.message.mailbox;
    }
    co_await store(session, one.message.uid, imap::FlagChange::kAdd, one.set);
    co_await store(session, one.message.uid, imap::FlagChange::kRemove, one.clear);
  }
}

void report(const std::string& what, const Moves& moves, Format format) {
  if (format == Format::kText) return print("taken back: " + what + "\n");
  boost::json::array out;
  for (const auto& [from, to] : moves) {
    boost::json::object one{{"id", from.full()}, {"mailbox", to.mailbox}, {"new_id", nullptr}};
    if (to.uid != 0) one["new_id"] = to.full();
    out.push_back(std::move(one));
  }
  print(boost::json::object{{"undone", what}, {"moved", out}});
}

asio::awaitable<void> undo_deed(Account account, std::string password, Deed deed, Format format) {
  ImapSession session(account, std::move(password));
  co_await session.open();
  const Moves moves = co_await move_back(session, deed.moved);
  co_await flag_back(session, deed.flagged);
  Deeds deeds(account);
  deeds.forget_last();
  deeds.follow(moves);
  report(deed.label, moves, format);
  co_await session.close();
}

/// What the full screen did: undone here at once, and the server is told.
void undo_in_journal(const Account& account, const std::string& password, Format format) {
  const auto file = sync::store_file(account.settings, account.address);
  std::optional<sync::Undone> undone;
  bool tells = false;
  {
    sync::LocalStore store(file);
    undone = sync::Undo(store).take_back_latest(std::time(nullptr));
    tells = !sync::Journal(store).unfinished().empty();
  }
  if (undone && undone->nothing()) {
    throw Failure(ExitCode::kFailed, sync::undone_text(*undone),
                  "What was moved or changed since stays as it is.");
  }
  if (format == Format::kJson) report(undone ? undone->what : "", {}, format);
  if (undone && format == Format::kText) print(sync::undone_text(*undone) + "\n");
  // What the server never heard of needs no server.
  if (tells) require_synchronised(sync_once(account, password, {}));
}

}  // namespace

asio::awaitable<ExitCode> undo(CommonOptions common, UndoOptions) {
  const Account account = find_account(common);
  const auto deed = Deeds(account).last();
  std::optional<std::int64_t> journal;
  {
    sync::LocalStore store(sync::store_file(account.settings, account.address));
    journal = sync::Undo(store).time();
  }
  if (!deed && !journal) {
    throw Failure(ExitCode::kNotFound, "there is nothing to take back",
                  "What can be are delete, move, archive and flag, and what "
                  "the screen did.");
  }
  const std::string password = password_of(account);
  if (deed && (!journal || deed->made_at >= *journal)) {
    co_await undo_deed(account, password, *deed, common.format);
  } else {
    undo_in_journal(account, password, common.format);
  }
  co_return ExitCode::kOk;
}

}  // namespace mua

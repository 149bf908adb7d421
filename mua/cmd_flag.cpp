#include <fmt/format.h>

#include "mua/commands.hpp"
#include "mua/deeds.hpp"
#include "mua/flag_change.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

asio::awaitable<void> change(ImapSession& session, std::vector<std::uint32_t> uids,
                             imap::FlagChange how, mail::FlagSet flags) {
  if (flags == mail::FlagSet{}) co_return;
  imap::Request store = imap::uid_store(mail::SequenceSet::of(uids), how, flags);
  co_await session.must(std::move(store), "cannot change flags");
}

/// How they were, for undo.
asio::awaitable<void> remember(ImapSession& session, Selection& selection,
                               std::vector<std::uint32_t> uids, FlagChanges changes, Deed& deed) {
  const auto before = co_await fetch_uids(session, std::move(uids), "(UID FLAGS)");
  for (const imap::Fetched& message : before) {
    deed.flagged.push_back(flags_back(selection.ref(*message.uid),
                                      message.flags.value_or(mail::FlagSet{}), changes.add,
                                      changes.remove));
  }
}

}  // namespace

asio::awaitable<ExitCode> flag(CommonOptions common, FlagOptions options) {
  const auto groups = by_mailbox(options.ids);
  const auto changes = parse_flag_changes(options.changes);
  if (!changes) throw Failure(ExitCode::kUsage, changes.error(), "See mua flag --help.");
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  co_await require_all(session, groups);
  boost::json::array changed;
  Deed deed;
  for (const auto& [mailbox, refs] : groups) {
    Selection selection = co_await select(session, mailbox, imap::Access::kReadWrite);
    const auto uids = co_await require_messages(session, selection, refs);
    co_await remember(session, selection, uids, *changes, deed);
    co_await change(session, uids, imap::FlagChange::kAdd, changes->add);
    co_await change(session, uids, imap::FlagChange::kRemove, changes->remove);
    const auto messages = co_await fetch_uids(session, uids, "(UID FLAGS)");
    for (const imap::Fetched& message : messages) {
      changed.push_back({{"id", selection.ref(*message.uid).full()},
                         {"flags", flags_json(message.flags.value_or(mail::FlagSet{}))}});
    }
  }
  deed.label =
      fmt::format("flag {} message{}", deed.flagged.size(), deed.flagged.size() == 1 ? "" : "s");
  note(account, std::move(deed));
  if (common.format == Format::kJson) print(changed);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

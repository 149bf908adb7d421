#include "mua/commands.hpp"
#include "mua/deeds.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"

namespace mua {

namespace {

asio::awaitable<void> expunge_all(ImapSession& session, MessageGroups groups, Format format) {
  co_await require_all(session, groups);
  boost::json::array gone;
  for (const auto& [mailbox, refs] : groups) {
    Selection selection = co_await select(session, mailbox, mail::imap::Access::kReadWrite);
    const auto uids = co_await require_messages(session, selection, refs);
    co_await expunge_messages(session, uids);
    for (const std::uint32_t uid : uids)
      gone.push_back(boost::json::object{{"id", selection.ref(uid).full()}});
  }
  if (format == Format::kJson) print(gone);
}

asio::awaitable<void> move_to_trash(ImapSession& session, MessageGroups groups, Format format) {
  const std::string trash = co_await require_role(session, Role::kTrash);
  if (groups.contains(trash)) {
    throw Failure(ExitCode::kUsage, "the message is in " + trash + " already",
                  "Remove it for good with mua delete --expunge.");
  }
  const Moves moves = co_await move_and_note(session, groups, trash, "delete");
  report_moves(moves, format);
}

}  // namespace

asio::awaitable<ExitCode> erase(CommonOptions common, DeleteOptions options) {
  const MessageGroups groups = by_mailbox(options.ids);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  if (options.expunge) {
    co_await expunge_all(session, groups, common.format);
  } else {
    co_await move_to_trash(session, groups, common.format);
  }
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

#include "mua/commands.hpp"
#include "mua/deeds.hpp"
#include "mua/password.hpp"

namespace mua {

namespace {

asio::awaitable<Moves> copy_all(ImapSession& session, MessageGroups groups, std::string target) {
  co_await require_all(session, groups);
  Moves copies;
  for (const auto& [mailbox, refs] : groups) {
    const Moves some = co_await copy_messages(session, mailbox, refs, target);
    copies.insert(copies.end(), some.begin(), some.end());
  }
  co_return copies;
}

}  // namespace

asio::awaitable<ExitCode> move(CommonOptions common, MoveOptions options) {
  const MessageGroups groups = by_mailbox(options.ids);
  const std::string target = mail::canonical_mailbox_name(options.mailbox);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  Moves moves;
  if (options.copies) {
    moves = co_await copy_all(session, groups, target);
  } else {
    moves = co_await move_and_note(session, groups, target, "move");
  }
  report_moves(moves, common.format);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

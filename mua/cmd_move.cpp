#include <iterator>

#include "mua/commands.hpp"
#include "mua/deeds.hpp"
#include "mua/password.hpp"

namespace mua {

asio::awaitable<ExitCode> move(CommonOptions common, MoveOptions options) {
  const auto groups = by_mailbox(options.ids);
  const std::string target = mail::canonical_mailbox_name(options.mailbox);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  Moves moves;
  for (const auto& [mailbox, refs] : groups) {
    Selection selection = co_await select(session, mailbox, mail::imap::Access::kReadWrite);
    const auto uids = co_await require_messages(session, selection, refs);
    Moves some = co_await move_messages(session, selection, uids, target);
    std::move(some.begin(), some.end(), std::back_inserter(moves));
  }
  note_moves(account, moves, "move");
  report_moves(moves, common.format);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

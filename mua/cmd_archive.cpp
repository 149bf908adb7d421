#include <iterator>

#include "mua/commands.hpp"
#include "mua/deeds.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/password.hpp"

namespace mua {

asio::awaitable<ExitCode> archive(CommonOptions common, ArchiveOptions options) {
  const auto groups = by_mailbox(options.ids);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const std::string target = co_await require_role(session, Role::kArchive);
  Moves moves;
  for (const auto& [mailbox, refs] : groups) {
    if (mailbox == target) continue;
    Selection selection = co_await select(session, mailbox, mail::imap::Access::kReadWrite);
    const auto uids = co_await require_messages(session, selection, refs);
    Moves some = co_await move_messages(session, selection, uids, target);
    std::move(some.begin(), some.end(), std::back_inserter(moves));
  }
  note_moves(account, moves, "archive");
  report_moves(moves, common.format);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

#include "mua/commands.hpp"
#include "mua/deeds.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/password.hpp"

namespace mua {

asio::awaitable<ExitCode> archive(CommonOptions common, ArchiveOptions options) {
  MessageGroups groups = by_mailbox(options.ids);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const std::string target = co_await require_role(session, Role::kArchive);
  groups.erase(target);
  const Moves moves = co_await move_and_note(session, groups, target, "archive");
  report_moves(moves, common.format);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

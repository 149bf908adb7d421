#include <algorithm>

#include "mua/commands.hpp"
#include "mua/password.hpp"
#include "mua/show_rows.hpp"

namespace mua {

namespace imap = mail::imap;

asio::awaitable<ExitCode> list(CommonOptions common, ListOptions options) {
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const Selection selection = co_await select(session, options.mailbox, imap::Access::kReadOnly);
  std::vector<imap::Fetched> messages;
  if (selection.exists > 0) {
    const std::uint32_t first =
        selection.exists > options.limit ? selection.exists - options.limit + 1 : 1;
    const mail::SequenceSet newest({{first, selection.exists}});
    imap::Request request = imap::fetch(newest, kRowItems);
    const Answer answer = co_await session.must(std::move(request), "cannot list");
    messages = fetched_of(answer);
  }
  std::sort(messages.begin(), messages.end(),
            [](const imap::Fetched& a, const imap::Fetched& b) { return a.uid > b.uid; });
  show_rows(selection, std::move(messages), common.format);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

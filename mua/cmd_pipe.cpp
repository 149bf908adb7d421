#include <fmt/format.h>

#include "mua/commands.hpp"
#include "mua/contents.hpp"
#include "mua/password.hpp"
#include "mua/screen/shell.hpp"

namespace mua {

namespace {

asio::awaitable<std::string> fetch_input(ImapSession& session, MessageRef ref,
                                         PipeOptions options) {
  if (options.raw) co_return co_await fetch_section(session, ref, "");
  Contents contents = co_await fetch_contents(session, ref);
  if (options.decrypt) co_await contents.open();
  co_return co_await contents.text();
}

}  // namespace

asio::awaitable<ExitCode> pipe(CommonOptions common, PipeOptions options) {
  const MessageRef named = require_ref(options.id);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const MessageRef ref = co_await select_mailbox_of(session, named, mail::imap::Access::kReadOnly);
  const std::string input = co_await fetch_input(session, ref, options);
  co_await session.close();
  const int status =
      screen::run_shell({options.command, input, screen::ShellCommand::Afterwards::kReturn});
  if (status != 0) {
    throw Failure(ExitCode::kFailed,
                  fmt::format("\"{}\" ended with status {}", options.command, status),
                  "The message was given to it; look at what it said above.");
  }
  co_return ExitCode::kOk;
}

}  // namespace mua

#include <fmt/format.h>

#include "mua/commands.hpp"
#include "mua/message_text.hpp"
#include "mua/password.hpp"
#include "mua/screen/shell.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

asio::awaitable<std::string> fetch(ImapSession& session, MessageRef ref, bool raw) {
  if (raw) co_return co_await fetch_section(session, ref, "");
  const imap::Fetched message = co_await fetch_one(session, ref, "(UID BODYSTRUCTURE)");
  Reading reading;
  if (message.structure) reading = plan_reading(*message.structure);
  co_return co_await fetch_text(session, ref, reading);
}

}  // namespace

asio::awaitable<ExitCode> pipe(CommonOptions common, PipeOptions options) {
  MessageRef ref = require_ref(options.id);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const Selection selection = co_await select(session, ref.mailbox, imap::Access::kReadOnly);
  check_validity(selection, ref);
  ref.uid_validity = selection.uid_validity;
  const std::string text = co_await fetch(session, ref, options.raw);
  co_await session.close();
  const int status =
      screen::run_shell({options.command, text, screen::ShellCommand::Afterwards::kReturn});
  if (status != 0) {
    throw Failure(ExitCode::kFailed,
                  fmt::format("\"{}\" ended with status {}", options.command, status),
                  "The message was given to it; look at what it said above.");
  }
  co_return ExitCode::kOk;
}

}  // namespace mua

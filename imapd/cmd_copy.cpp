// COPY, MOVE and their UID forms (RFC 9051 §6.4.7, §6.4.8).

#include <fmt/format.h>

#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "imapd/wire_name.hpp"
#include "mail/imap_store.hpp"
#include "mailstore/flags.hpp"

namespace imapd {

namespace {

using Copied = mail::Result<mailstore::CopyResult, Reply>;

// One job, so that the destination can't go between being found and being filled.
struct CopyJob {
  mailstore::MailboxId from;
  std::vector<mail::NumberRange> uids;
  std::string to;
  bool moves;

  Copied operator()(mailstore::Account& account) const {
    auto info = mailstore::find_mailbox(account, to);
    if (!info || !info->selectable) return mail::unexpected(no("TRYCREATE", "no such mailbox"));
    auto result = moves ? mailstore::move_messages(account, from, uids, info->id)
                        : mailstore::copy_messages(account, from, uids, info->id);
    if (!result) return mail::unexpected(refusal(result.error()));
    return std::move(*result);
  }
};

// "COPYUID 38505 304,319:320 3956:3958"; "" when nothing was copied
std::string copied_code(const mailstore::CopyResult& result) {
  if (result.copied.empty()) return "";
  std::vector<std::uint32_t> from, to;
  for (auto [source, destination] : result.copied) {
    from.push_back(source);
    to.push_back(destination);
  }
  return fmt::format("COPYUID {} {} {}", result.uid_validity, mail::render_uid_set(from),
                     mail::render_uid_set(to));
}

}  // namespace

asio::awaitable<Reply> cmd_copy(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_copy(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  bool moves = command.verb.ends_with("MOVE");
  auto* selected = session.selected();
  auto sequence = selected->find(arguments->messages, numbering_of(command));
  if (!sequence) co_return bad("no message has such a sequence number");
  if (moves && selected->access() == Access::kReadOnly) {
    co_return no("READ-ONLY", "the mailbox was opened by EXAMINE");
  }
  auto name = stored_name(arguments->mailbox, session.enabled());
  if (!name) co_return name.error();
  CopyJob job{selected->mailbox(), selected->uids(*sequence), std::move(*name), moves};
  auto copied = co_await session.in_selected(std::move(job));
  if (!copied) co_return copied.error();
  auto code = copied_code(*copied);
  if (!moves) co_return ok("Copy completed", std::move(code));
  // COPYUID goes before the EXPUNGEs that take the numbers away (RFC 6851 §4.3).
  if (!code.empty()) session.out() += fmt::format("* OK [{}] Moved\r\n", code);
  std::vector<mailstore::Uid> gone;
  for (auto [source, destination] : copied->copied) gone.push_back(source);
  if (gone.empty()) co_return ok("Move completed");
  selected->expunged(gone, session.enabled(), session.out());
  co_return ok_expunged("Move completed");
}

}  // namespace imapd

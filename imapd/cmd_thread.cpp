// THREAD and UID THREAD (RFC 5256).

#include "imapd/commands.hpp"
#include "imapd/found_or_refused.hpp"
#include "imapd/handlers.hpp"
#include "imapd/render_sort.hpp"
#include "mail/imap_sort.hpp"
#include "mailstore/thread_run.hpp"

namespace imapd {

asio::awaitable<Reply> cmd_thread(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto arguments = mail::parse_thread(command.arguments, selected->saved_search);
  if (!arguments) co_return bad(arguments.error());
  auto uids = co_await found_or_refused(session, arguments->search);
  if (!uids) co_return uids.error();
  mailstore::ThreadRun run(selected->mailbox(), selected->view(), std::move(*uids),
                           arguments->algorithm);
  co_await session.in_slices(run);
  bool by_uid = numbering_of(command) == Numbering::kUid;
  session.out() += render_thread(run.threads(),
                                 by_uid ? run.uids() : sequences_of(selected->view(), run.uids()));
  co_return ok("Thread completed");
}

}  // namespace imapd

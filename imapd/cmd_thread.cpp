// THREAD and UID THREAD (RFC 5256).

#include "imapd/commands.hpp"
#include "imapd/find_messages.hpp"
#include "imapd/handlers.hpp"
#include "imapd/render_sort.hpp"
#include "mail/imap_sort.hpp"
#include "mailstore/thread_run.hpp"

namespace imapd {

asio::awaitable<Reply> cmd_thread(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto arguments = mail::parse_thread(command.arguments, selected->saved_search);
  if (!arguments) co_return bad(arguments.error());
  auto& search = arguments->search;
  if (!mail::decode_charset(search.key, search.charset)) {
    co_return no("BADCHARSET (UTF-8 US-ASCII)", "this charset is not known");
  }
  session.enabled().condstore |= search.uses_mod_seq;
  selected->resolve_recent(search.key);
  auto uids = co_await find_messages(session, search.key);
  if (!uids) co_return refusal(uids.error());
  mailstore::ThreadRun run(selected->mailbox(), selected->view(), std::move(*uids),
                           arguments->algorithm);
  co_await session.in_slices(run);
  bool by_uid = numbering_of(command) == Numbering::kUid;
  session.out() += render_thread(run.threads(),
                                 by_uid ? run.uids() : sequences_of(selected->view(), run.uids()));
  co_return ok("Thread completed");
}

}  // namespace imapd

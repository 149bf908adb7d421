// The handlers the command table names, a file a group of verbs.
#pragma once

#include "imapd/session.hpp"
#include "mail/imap_search.hpp"

namespace imapd {

class FetchRun;

// cmd_session.cpp
asio::awaitable<Reply> cmd_capability(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_noop(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_logout(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_starttls(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_id(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_enable(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_namespace(Session& session, mail::ImapCommand command);

asio::awaitable<Reply> cmd_compress(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_get_metadata(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_set_metadata(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_get_quota(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_get_quota_root(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_set_quota(Session& session, mail::ImapCommand command);

asio::awaitable<Reply> cmd_login(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_authenticate(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_unauthenticate(Session& session, mail::ImapCommand command);

asio::awaitable<Reply> cmd_select(Session& session, mail::ImapCommand command);  // and EXAMINE
asio::awaitable<Reply> cmd_close(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_unselect(Session& session, mail::ImapCommand command);

// cmd_mailbox.cpp
asio::awaitable<Reply> cmd_create(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_delete(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_rename(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_subscribe(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_unsubscribe(Session& session, mail::ImapCommand command);

asio::awaitable<Reply> cmd_list(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_lsub(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_status(Session& session, mail::ImapCommand command);

// cmd_acl.cpp
asio::awaitable<Reply> cmd_set_acl(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_delete_acl(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_get_acl(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_list_rights(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_my_rights(Session& session, mail::ImapCommand command);

asio::awaitable<Reply> cmd_append(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_replace(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_idle(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_notify(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_language(Session& session, mail::ImapCommand command);

// Each also as its UID form; the command's verb says which.
asio::awaitable<Reply> cmd_fetch(Session& session, mail::ImapCommand command);
/// Renders the run to its end, as fast as the client reads; NOTIFY tells new messages so.
asio::awaitable<void> stream_fetch(Session& session, FetchRun& run);
/// UIDs of the selected mailbox whose messages a power cut may have taken since.
asio::awaitable<std::vector<mail::NumberRange>> skipped_since(Session& session,
                                                              mailstore::ModSeq since);
asio::awaitable<Reply> cmd_store(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_copy(Session& session, mail::ImapCommand command);  // and MOVE
asio::awaitable<Reply> cmd_search(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_sort(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_thread(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_cancel_update(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_esearch(Session& session, mail::ImapCommand command);
asio::awaitable<Reply> cmd_uid_batches(Session& session, mail::ImapCommand command);

/// A search of the selected mailbox, by SEARCH or by ESEARCH.
struct SelectedSearch {
  std::string tag;
  Numbering numbering = Numbering::kSequence;
  mail::SearchArguments arguments;
  std::string mailbox;  ///< of ESEARCH: ` MAILBOX x UIDVALIDITY n`
};
asio::awaitable<Reply> search_selected(Session& session, SelectedSearch search);
/// From now on changes of the result are told, or NOUPDATE is (RFC 5267 §4.3).
void keep_live(Session& session, LiveSearch search);
void refuse_update(Session& session, std::string_view tag, std::string_view why);
/// What a client may not ask for any more after what it enabled: message numbers (RFC 9586 §3.2), a
/// charset (RFC 6855 §3).
std::optional<Reply> objection(Session& session, const mail::SearchArguments& search);
asio::awaitable<Reply> cmd_expunge(Session& session, mail::ImapCommand command);

}  // namespace imapd

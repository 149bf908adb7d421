// The requests of synchronisation and what is said in answer to them (RFC 7162, RFC 5819, RFC
// 9394), as text and values. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap_client.hpp"
#include "mua/sync/folders.hpp"

namespace mua::sync {

/// SELECT, with what is known handed over where the server takes it: QRESYNC (RFC 7162 §3.2.5) of
/// an enabled session, else CONDSTORE where that is offered.
enum class Resync { kNone, kCondstore, kQresync };
Resync resync_of(const mail::imap::Client& client);
mail::imap::Request select_since(const std::string& folder, const SyncPoint& point, Resync resync);

/// `UID FETCH 1:* items (PARTIAL -1:-60)`: of the newest, before their numbers are known (RFC
/// 9394).
mail::imap::Request fetch_newest(const std::string& items, std::uint32_t count);

/// `UID FETCH 5:* (UID FLAGS) (CHANGEDSINCE 77)`; all flags for modseq 0.
mail::imap::Request fetch_flags(mail::NumberRange uids, std::uint64_t modseq);

/// `UID SEARCH RETURN (ALL) UID 5:900`, without RETURN for servers that have no ESEARCH.
mail::imap::Request search_uids(mail::NumberRange uids, bool esearch);
mail::imap::Request search_message_id(const std::string& message_id);

/// LIST of all, with special uses and counts in the same answer where the server can (RFC 6154, RFC
/// 5819).
mail::imap::Request list_all(const mail::imap::Client& client);
bool lists_counts(const mail::imap::Client& client);
/// What STATUS is asked for.
std::string status_items(const mail::imap::Client& client);

/// To be told, with no command running, what happens to the messages of the selected folder and of
/// all others, and to their names (RFC 5465 §3.1).
mail::imap::Request notify_of_all();

/// `* VANISHED (EARLIER) 41,43:116`
std::optional<mail::SequenceSet> read_vanished(const mail::imap::Data& data);

/// STATUS as a folder's counts and the point at which it is.
struct FolderStatus {
  std::string name;
  FolderCounts counts;
  SyncPoint point;
};
/// nullopt also for a STATUS that tells less than it is asked for (RFC 5465 §5.2).
std::optional<FolderStatus> read_folder_status(const mail::imap::Data& data, mail::NameForm form);
/// Whether a look at a folder that was seen at `seen` would find something.
bool is_stale(const SyncPoint& seen, const FolderStatus& status, std::uint32_t cached);

}  // namespace mua::sync

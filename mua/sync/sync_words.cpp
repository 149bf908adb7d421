#include "mua/sync/sync_words.hpp"

#include <fmt/format.h>

#include "mail/imap_listing.hpp"

namespace mua::sync {

namespace imap = mail::imap;

namespace {

std::string range_text(mail::NumberRange range) {
  return range.last == mail::SequenceSet::kStar ? fmt::format("{}:*", range.first)
                                                : fmt::format("{}:{}", range.first, range.last);
}

std::uint32_t small(std::optional<std::uint64_t> value) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value.value_or(0), UINT32_MAX));
}

}  // namespace

Resync resync_of(const imap::Client& client) {
  if (client.has("QRESYNC") && client.has("ENABLE")) return Resync::kQresync;
  return client.has("CONDSTORE") ? Resync::kCondstore : Resync::kNone;
}

imap::Request select_since(const std::string& folder, const SyncPoint& point, Resync resync) {
  imap::Request request = imap::select(folder, imap::Access::kReadWrite);
  if (resync == Resync::kQresync && point.uid_validity != 0 && point.modseq != 0) {
    return request.text(fmt::format(" (QRESYNC ({} {}))", point.uid_validity, point.modseq));
  }
  return resync == Resync::kNone ? request : request.text(" (CONDSTORE)");
}

imap::Request fetch_newest(const std::string& items, std::uint32_t count) {
  return imap::Request{}.text(fmt::format("UID FETCH 1:* {} (PARTIAL -1:-{})", items, count));
}

imap::Request fetch_flags(mail::NumberRange uids, std::uint64_t modseq) {
  std::string text = "UID FETCH " + range_text(uids) + " (UID FLAGS)";
  if (modseq != 0) text += fmt::format(" (CHANGEDSINCE {})", modseq);
  return imap::Request{}.text(std::move(text));
}

imap::Request search_uids(mail::NumberRange uids, bool esearch) {
  return imap::Request{}.text(
      fmt::format("UID SEARCH {}UID {}", esearch ? "RETURN (ALL) " : "", range_text(uids)));
}

imap::Request search_message_id(const std::string& message_id) {
  mail::SearchKey key;
  key.kind = mail::SearchKey::Kind::kHeader;
  key.field = "message-id";
  key.text = message_id;
  return imap::uid_search(key);
}

bool lists_counts(const imap::Client& client) {
  return client.has("LIST-STATUS") || client.has("IMAP4REV2");
}

std::string status_items(const imap::Client& client) {
  const bool condstore = client.has("CONDSTORE") || client.has("QRESYNC");
  return std::string("MESSAGES UNSEEN UIDNEXT UIDVALIDITY") + (condstore ? " HIGHESTMODSEQ" : "");
}

imap::Request list_all(const imap::Client& client) {
  std::string options;
  if (client.has("SPECIAL-USE")) options = "SPECIAL-USE";
  if (lists_counts(client)) {
    options += (options.empty() ? "" : " ") + ("STATUS (" + status_items(client) + ")");
  }
  const bool extended = client.has("LIST-EXTENDED") || lists_counts(client);
  return imap::list("*", extended ? options : "");
}

imap::Request notify_of_all() {
  return imap::Request{}.text(
      "NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange)) "
      "(PERSONAL (MessageNew MessageExpunge FlagChange MailboxName))");
}

// expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids                    RFC 7162 §7
std::optional<mail::SequenceSet> read_vanished(const imap::Data& data) {
  if (data.keyword != "VANISHED" || data.values.empty()) return std::nullopt;
  return mail::SequenceSet::parse(data.values.back().text);
}

std::optional<FolderStatus> read_folder_status(const imap::Data& data, mail::NameForm form) {
  const auto status = imap::read_status(data, form);
  if (!status || !status->item("UIDVALIDITY") || !status->item("UNSEEN")) return std::nullopt;
  FolderStatus out;
  out.name = status->name;
  out.counts = {small(status->item("MESSAGES")), small(status->item("UNSEEN"))};
  out.point.uid_validity = small(status->item("UIDVALIDITY"));
  out.point.uid_next = small(status->item("UIDNEXT"));
  out.point.modseq = status->item("HIGHESTMODSEQ").value_or(0);
  return out;
}

bool is_stale(const SyncPoint& seen, const FolderStatus& status, std::uint32_t cached) {
  const SyncPoint& now = status.point;
  if (seen.lowest == 0) return status.counts.total > 0;
  if (seen.lowest > 1 || seen.uid_validity != now.uid_validity || seen.uid_next != now.uid_next) {
    return true;
  }
  return now.modseq != 0 ? seen.modseq != now.modseq : cached != status.counts.total;
}

}  // namespace mua::sync

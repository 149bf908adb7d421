#include "imapd/notifier.hpp"

#include <algorithm>
#include <utility>

#include "imapd/render_list.hpp"
#include "imapd/render_metadata.hpp"
#include "imapd/render_status.hpp"
#include "imapd/wire_name.hpp"
#include "mail/ascii.hpp"

namespace imapd {

namespace {

using mail::StatusItem;

KnownStatus known_of(const mailstore::MailboxStatus& status) {
  return {status.uid_validity, status.uid_next, status.messages, status.highest_mod_seq,
          status.unseen};
}

// RFC 5465 §5.1 to §5.3: counts by UIDNEXT and MESSAGES, flags by HIGHESTMODSEQ for those who know
// it and by UNSEEN for all; a UIDVALIDITY that changed always.
std::vector<StatusItem> news_of(const KnownStatus& known, const mailstore::MailboxStatus& now,
                                const mail::NotifyEvents& events, const Enabled& enabled) {
  bool counts = now.uid_next != known.uid_next || now.messages != known.messages;
  bool validity = now.uid_validity != known.uid_validity;
  bool unseen = events.flags && known.unseen && now.unseen != *known.unseen;
  bool flags = events.flags && enabled.condstore && now.highest_mod_seq != known.mod_seq;
  std::vector<StatusItem> items;
  bool named = counts ? validity : (unseen || flags || (validity && events.flags));
  if (named) items.push_back(StatusItem::kUidValidity);
  if (counts) items.insert(items.end(), {StatusItem::kUidNext, StatusItem::kMessages});
  if (enabled.condstore && (counts || flags)) items.push_back(StatusItem::kHighestModSeq);
  if (unseen) items.push_back(StatusItem::kUnseen);
  return items;
}

std::string_view parent_of(std::string_view name) {
  auto slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

}  // namespace

std::vector<Place> Notifier::places() const {
  std::set<mailstore::AccountId> accounts;
  if (listing_) {
    for (const auto& mailbox : listing_->mailboxes) accounts.insert(mailbox.account);
  }
  std::vector<Place> places;
  for (auto account : accounts) places.push_back({account, std::nullopt});
  return places;
}

bool Notifier::needs_listing(const std::vector<mailstore::Change>& changes) const {
  return listing_stale_ ||
         std::any_of(changes.begin(), changes.end(), [](const mailstore::Change& change) {
           return change.account == 0 || change.mailbox == 0;
         });
}

void Notifier::take_listing(Listing now, const Enabled& enabled, std::string& out) {
  if (listing_) tell_names(now, enabled, out);
  std::map<MailboxKey, Watched> watched;
  for (const auto& mailbox : now.mailboxes) watch(mailbox, watched);
  watched_ = std::move(watched);
  listing_ = std::move(now);
  listing_stale_ = false;
  by_client_.clear();
}

void Notifier::tell_no_access(const Enabled& enabled, std::string& out) const {
  for (const auto& mailbox : listing_->mailboxes) {
    if (mailbox.readable || rules_.events_of(mailbox) == mail::NotifyEvents{}) continue;
    out += "* LIST (\\NoAccess) \"/\" ";
    append_name(out, mailbox.info.name, enabled);
    out += "\r\n";
  }
}

// A mailbox that comes into view is told with all that is in it, unless this client made it.
void Notifier::watch(const Visible& mailbox, std::map<MailboxKey, Watched>& watched) {
  auto events = rules_.events_of(mailbox);
  if (!events.messages || !mailbox.info.selectable || !mailbox.readable) return;
  Watched entry{mailbox.info.name, events, std::nullopt, true};
  auto before = watched_.find(mailbox.key());
  if (before != watched_.end()) {
    entry.known = before->second.known;
    entry.stale = before->second.stale;
  } else if (listing_ && !by_client_.contains(mailbox.info.name)) {
    entry.known = KnownStatus{};
  }
  watched.emplace(mailbox.key(), std::move(entry));
}

// Parents of what the client did are affected by it too.
bool Notifier::is_by_client(const NameNews& news) const {
  return std::any_of(by_client_.begin(), by_client_.end(), [&](std::string_view name) {
    for (; !name.empty(); name = parent_of(name)) {
      if (name == news.mailbox.info.name || name == news.old_name) return true;
    }
    return false;
  });
}

void Notifier::tell_names(const Listing& now, const Enabled& enabled, std::string& out) {
  mail::ListArguments accurate;
  accurate.return_subscribed = true;
  for (const auto& news : compare(*listing_, now)) {
    if (is_by_client(news)) continue;
    auto events = rules_.events_of(news.mailbox);
    auto before = news.mailbox;
    before.info.name = news.old_name.empty() ? news.mailbox.info.name : news.old_name;
    before.info.subscribed |= news.subscription;
    events |= rules_.events_of(before);
    bool told = (events.names && news.name) || (events.subscriptions && news.subscription);
    if (!told) continue;
    ListedMailbox line;
    line.info = news.mailbox.info;
    line.exists = news.exists;
    line.old_name = news.old_name;
    append_list(out, line, accurate, enabled);
  }
}

std::vector<MailboxKey> Notifier::to_read() const { return to_read({mailstore::Change{}}); }

std::vector<MailboxKey> Notifier::to_read(const std::vector<mailstore::Change>& changes) const {
  auto changed = [&](const MailboxKey& key) {
    return std::any_of(changes.begin(), changes.end(), [&](const mailstore::Change& change) {
      return change.account == 0 ||
             (change.account == key.account && change.mailbox == key.mailbox);
    });
  };
  std::vector<MailboxKey> keys;
  for (const auto& [key, watched] : watched_) {
    if (key != selected_ && (watched.stale || changed(key))) keys.push_back(key);
  }
  return keys;
}

void Notifier::take_status(const MailboxKey& key, const mailstore::MailboxStatus& status,
                           const Enabled& enabled, std::string& out) {
  auto found = watched_.find(key);
  if (found == watched_.end() || key == selected_) return;
  auto& watched = found->second;
  auto known = std::exchange(watched.known, known_of(status));
  watched.stale = false;
  if (!known) return;
  auto items = news_of(*known, status, watched.events, enabled);
  // A UIDVALIDITY that wasn't told is told with the next news.
  if (items.empty() || items.front() != StatusItem::kUidValidity)
    watched.known->uid_validity = known->uid_validity;
  if (!items.empty()) append_status(out, watched.name, status, items, enabled, 0);
}

void Notifier::tell_status(const MailboxKey& key, const mailstore::MailboxStatus& status,
                           const Enabled& enabled, std::string& out) {
  auto found = watched_.find(key);
  if (found == watched_.end()) return;
  std::vector<StatusItem> items{StatusItem::kUidValidity, StatusItem::kUidNext,
                                StatusItem::kMessages};
  if (found->second.events.flags) items.push_back(StatusItem::kHighestModSeq);
  append_status(out, found->second.name, status, items, enabled, 0);
}

void Notifier::select(std::optional<MailboxKey> selected, std::optional<KnownStatus> known) {
  auto before = selected_ ? watched_.find(*selected_) : watched_.end();
  if (before != watched_.end()) {
    before->second.known = std::move(known);
    before->second.stale = true;
  }
  selected_ = selected;
}

void Notifier::distrust() {
  listing_stale_ = true;
  for (auto& [key, watched] : watched_) watched.stale = true;
}

std::map<mailstore::AccountId, std::uint64_t> Notifier::metadata_to_read() const {
  std::map<mailstore::AccountId, std::uint64_t> wanted;
  if (!listing_ || !rules_.any_metadata()) return wanted;
  for (const auto& mailbox : listing_->mailboxes) {
    auto seen = metadata_seen_.find(mailbox.account);
    wanted[mailbox.account] = seen == metadata_seen_.end() ? UINT64_MAX : seen->second;
  }
  return wanted;
}

// The name of a mailbox whose annotations are watched; "" is the server's.
std::optional<std::string> Notifier::annotated_name(const MailboxKey& key) const {
  for (const auto& mailbox : listing_->mailboxes) {
    if (mailbox.account != key.account) continue;
    bool server = key.mailbox == 0 && mailbox.personal && rules_.server_metadata();
    if (server) return "";
    if (mailbox.key() != key || !mailbox.readable) continue;
    if (rules_.events_of(mailbox).mailbox_metadata) return mailbox.info.name;
  }
  return std::nullopt;
}

void Notifier::take_metadata(mailstore::AccountId account,
                             const mailstore::MetadataChanges& changes, const Enabled& enabled,
                             std::string& out) {
  metadata_seen_[account] = changes.now;
  std::map<MailboxKey, std::vector<std::string>> entries;
  for (const auto& change : changes.changed) {
    MailboxKey key{account, change.mailbox};
    if (!annotated_.erase({key, change.entry})) entries[key].push_back(change.entry);
  }
  for (const auto& [key, names] : entries) {
    auto name = annotated_name(key);
    if (name) append_metadata_names(out, *name, names, enabled);
  }
}

void Notifier::annotated_by_client(const MailboxKey& key, std::string_view entry) {
  if (rules_.any_metadata()) annotated_.emplace(key, mail::ascii_lower(entry));
}

// Changes of flags by others can't be told from it: who wants those gets its own too.
void Notifier::arrived_by_client(const MailboxKey& key, mail::NumberRange uids) {
  auto found = watched_.find(key);
  if (found == watched_.end() || !found->second.known || found->second.events.flags) return;
  auto& known = *found->second.known;
  if (known.uid_next != uids.first) return;
  known.uid_next = uids.last + 1;
  known.messages += uids.last - uids.first + 1;
}

}  // namespace imapd

// What a session that used NOTIFY knows of the mailboxes it did not select (RFC 5465), and what its
// client is still to be told of them. Pure: the caller reads listing and STATUS from the store and
// hands them in; what differs from the last time is appended as LIST and STATUS lines. What the
// client did itself isn't told (§5). Owned by the session.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "imapd/enabled.hpp"
#include "imapd/hub.hpp"
#include "imapd/listing_news.hpp"
#include "imapd/notify_rules.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/metadata.hpp"

namespace imapd {

/// What a client knows of a mailbox.
struct KnownStatus {
  std::uint32_t uid_validity = 0;
  mailstore::Uid uid_next = 1;
  std::uint32_t messages = 0;
  mailstore::ModSeq mod_seq = 0;
  std::optional<std::uint32_t> unseen;  ///< nullopt: it does not know
};

class Notifier {
 public:
  explicit Notifier(NotifyRules rules) : rules_(std::move(rules)) {}

  const NotifyRules& rules() const { return rules_; }
  /// What is to be watched for its sake.
  std::vector<Place> places() const;
  /// Whether the listing is to be read after these changes.
  bool needs_listing(const std::vector<mailstore::Change>& changes) const;

  /// The mailboxes as they are now; nothing is told of the first listing.
  void take_listing(Listing now, const Enabled& enabled, std::string& out);
  /// Which of the mailboxes asked for may be listed but not read (RFC 5465 §3.1).
  void tell_no_access(const Enabled& enabled, std::string& out) const;
  /// The watched mailboxes whose STATUS is to be read after these changes.
  std::vector<MailboxKey> to_read(const std::vector<mailstore::Change>& changes) const;
  /// All of them: when NOTIFY begins.
  std::vector<MailboxKey> to_read() const;
  void take_status(const MailboxKey& key, const mailstore::MailboxStatus& status,
                   const Enabled& enabled, std::string& out);
  /// NOTIFY SET STATUS: how the mailbox is, as the first STATUS (RFC 5465 §3.1).
  void tell_status(const MailboxKey& key, const mailstore::MailboxStatus& status,
                   const Enabled& enabled, std::string& out);

  /// Accounts whose annotations are watched, each with the number to ask from (RFC 5464).
  std::map<mailstore::AccountId, std::uint64_t> metadata_to_read() const;
  /// Nothing is told of what is read first.
  void take_metadata(mailstore::AccountId account, const mailstore::MetadataChanges& changes,
                     const Enabled& enabled, std::string& out);

  /// The selected mailbox goes by other rules; `known`: how its client leaves the one before.
  void select(std::optional<MailboxKey> selected, std::optional<KnownStatus> known);
  /// This client made, removed, renamed or subscribed that name.
  void changed_by_client(std::string name) { by_client_.insert(std::move(name)); }
  /// This client put messages with these UIDs there.
  void arrived_by_client(const MailboxKey& key, mail::NumberRange uids);
  /// This client set that annotation; mailbox 0: the server's.
  void annotated_by_client(const MailboxKey& key, std::string_view entry);
  /// A look at the store failed: what it would have told is still to be told.
  void distrust();

 private:
  struct Watched {
    std::string name;
    mail::NotifyEvents events;
    std::optional<KnownStatus> known;  ///< nullopt: what is read next is taken as known
    bool stale = true;                 ///< to be read whatever rang
  };

  void tell_names(const Listing& now, const Enabled& enabled, std::string& out);
  bool is_by_client(const NameNews& news) const;
  std::optional<std::string> annotated_name(const MailboxKey& key) const;
  void watch(const Visible& mailbox, std::map<MailboxKey, Watched>& watched);

  NotifyRules rules_;
  std::optional<Listing> listing_;
  bool listing_stale_ = false;
  std::map<MailboxKey, Watched> watched_;  ///< those with events of messages
  std::optional<MailboxKey> selected_;
  std::set<std::string> by_client_;  ///< since the last listing
  std::map<mailstore::AccountId, std::uint64_t> metadata_seen_;
  std::set<std::pair<MailboxKey, std::string>> annotated_;  ///< by this client, not read since
};

}  // namespace imapd

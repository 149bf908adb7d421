// The mailbox a session has selected, as its client knows it: sequence numbers, flags, \Recent. The
// store runs ahead of it; `tell` catches up and says what changed, except that messages that
// vanished keep their sequence numbers until a command may break them (RFC 9051 §7.5.1). Owned by
// the session; used by one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "imapd/enabled.hpp"
#include "imapd/live_search.hpp"
#include "imapd/numbering.hpp"
#include "imapd/render_flags.hpp"
#include "imapd/scanned_parts.hpp"
#include "mail/imap_lexer.hpp"
#include "mail/rights.hpp"
#include "mail/search_key.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/messages.hpp"

namespace imapd {

enum class Expunges { kTell, kHold };

/// Whose store a mailbox is in, and what the session's user may do with it (RFC 4314).
struct Standing {
  mailstore::AccountId account = 0;
  mail::Rights rights = mail::Rights::all();
};

class Selected {
 public:
  /// `info.name` is the name the client knows it by.
  Selected(mailstore::MailboxInfo info, Access access, mailstore::MailboxView view,
           Standing standing = {});

  const mailstore::MailboxInfo& info() const { return info_; }
  mailstore::MailboxId mailbox() const { return info_.id; }
  Access access() const { return access_; }
  mailstore::AccountId account() const { return standing_.account; }
  mail::Rights rights() const { return standing_.rights; }
  /// Whether it was opened for writing by somebody who may do this.
  bool may(mail::Right right) const {
    return access_ == Access::kReadWrite && standing_.rights.has(right);
  }
  const mailstore::MailboxView& view() const { return view_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(view_.messages.size()); }

  /// 1 to size().
  const mailstore::MessageState& message(std::uint32_t sequence) const {
    return view_.messages[sequence - 1];
  }
  std::optional<std::uint32_t> sequence_of(mailstore::Uid uid) const;
  bool is_recent(mailstore::Uid uid) const;
  std::uint32_t recent_count() const;
  Recency recency(mailstore::Uid uid, const Enabled& enabled) const;

  /// The messages a set names, as ranges of sequence numbers. A UID that isn't there names nothing;
  /// a sequence number that isn't is the client's error: nullopt.
  std::optional<std::vector<mail::NumberRange>> find(const mail::MessageSet& set,
                                                     Numbering numbering) const;
  /// The UIDs between the ends of each range.
  std::vector<mail::NumberRange> uids(const std::vector<mail::NumberRange>& sequence) const;
  /// The same in parts of `most` messages, so that each is a short piece of work.
  std::vector<std::vector<mail::NumberRange>> uid_parts(
      const std::vector<mail::NumberRange>& sequence, std::uint32_t most) const;
  /// Puts UIDs where the criteria say RECENT, which only the session knows.
  void resolve_recent(mail::SearchKey& key) const;

  /// Takes what changed in the store and appends what the client is to know of it. Returns the new
  /// messages that others put there.
  std::vector<mail::NumberRange> tell(mailstore::MailboxChanges changes, Expunges expunges,
                                      const Enabled& enabled, std::string& out);
  /// Removes messages the session itself expunged, telling each.
  void expunged(const std::vector<mailstore::Uid>& uids, const Enabled& enabled, std::string& out);
  /// The session itself put these messages here.
  void made_by_client(mail::NumberRange uids) { by_client_.push_back(uids); }
  /// Messages that vanished are still to be told.
  bool holds_expunges() const { return !vanished_.empty(); }
  /// What lies between the two was the session's own doing and is in the view already: if nothing
  /// was before it, there is nothing to read again.
  void advance(mailstore::ModSeq before, mailstore::ModSeq after) {
    if (view_.highest_mod_seq == before) view_.highest_mod_seq = after;
  }
  /// Flags the session itself changed, ascending by UID: nothing is told. `each` hears of those
  /// that are in the view: the sequence number, what the message was and what it is.
  using Changed = std::function<void(std::uint32_t sequence, const mailstore::MessageState& before,
                                     const mailstore::MessageState& after)>;
  void update(std::span<const mailstore::MessageState> states, const Changed& each = {});
  /// Tells what flags the user may change from now on, when that is something else.
  void update_rights(mail::Rights rights, std::string& out);
  /// Tells the keywords when there are new ones.
  void update_keywords(std::vector<std::string> keywords, std::string& out);
  /// EXISTS, and RECENT for those who know it.
  void tell_size(const Enabled& enabled, std::string& out);
  /// "* 3 FETCH (FLAGS (...))", with UID and MODSEQ where the client is to have them; a command by
  /// UID is answered with it.
  void append_state(std::uint32_t sequence, const mailstore::MessageState& state,
                    const Enabled& enabled, std::string& out,
                    Numbering numbering = Numbering::kSequence) const;

  mail::SequenceSet saved_search;  ///< UIDs "$" stands for (RFC 5182)
  LiveSearches live_searches;      ///< of RETURN (UPDATE)
  ScannedParts scanned_parts;      ///< for clients that fetch a part in slices

 private:
  void tell_recent(const Enabled& enabled, std::string& out);
  void note_vanished(const std::vector<mailstore::Uid>& uids);
  void tell_vanished(Expunges expunges, const Enabled& enabled, std::string& out);
  void remove(const std::vector<mailstore::Uid>& uids);
  void tell_changed(std::span<const mailstore::MessageState> states, const Enabled& enabled,
                    std::string& out);
  std::vector<mail::NumberRange> made_by_others(std::uint32_t first);
  void add_recent(mailstore::Uid first, mailstore::Uid last);

  mailstore::MailboxInfo info_;
  Access access_;
  Standing standing_;
  mailstore::MailboxView view_;
  std::vector<mail::NumberRange> recent_;     ///< ascending UIDs
  std::uint32_t told_recent_ = 0;             ///< in the last RECENT
  std::vector<mailstore::Uid> vanished_;      ///< ascending; gone from the store, not yet told
  std::vector<mail::NumberRange> by_client_;  ///< UIDs this session gave rise to, not yet in view
};

}  // namespace imapd

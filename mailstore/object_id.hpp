// Object ids (RFC 8474): names for mailboxes, messages and conversations that outlive renaming,
// copying and moving, for clients that keep a cache. They are made of numbers the store has anyway,
// behind a random word that every account drew for itself, so that ids of two accounts never meet,
// not even when an account was lost and made anew under its old number. Private words for public
// numbers: nothing here is stored but the EMAILIDs of what was copied from another account.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/account.hpp"

namespace mailstore {

/// `word` is counter.object_word of the account.
std::string mailbox_object_id(std::string_view word, std::uint32_t uid_validity);

class ObjectIds {
 public:
  explicit ObjectIds(Account& account);

  /// MAILBOXID. A UIDVALIDITY is never given twice in an account, and stays when a mailbox is
  /// renamed.
  std::string mailbox(std::uint32_t uid_validity) const {
    return mailbox_object_id(word_, uid_validity);
  }
  /// EMAILID: copies share their content, so they share its id; one from another account keeps the
  /// id it had there (RFC 8474 §5.1).
  std::string email(Account& account, std::int64_t content) const;
  /// The contents that an EMAILID names.
  std::vector<std::int64_t> contents(Account& account, std::string_view email_id) const;

 private:
  std::string own_email(std::int64_t content) const;

  std::string word_;
  bool has_foreign_ = false;
};

/// The content is a copy of what another account calls `email_id`; inside the caller's transaction.
void keep_email_id(Database& database, std::int64_t content, std::string_view email_id);

/// THREADID, of mail::thread_number: the same in every account that has part of the conversation.
std::string thread_id(std::int64_t thread);
std::optional<std::int64_t> thread_of(std::string_view thread_id);

/// The thread number of a message: as stored, or by its header for one that came before there were
/// any. nullopt: expunged.
std::optional<std::int64_t> read_thread(Account& account, MailboxId mailbox, Uid uid);

}  // namespace mailstore

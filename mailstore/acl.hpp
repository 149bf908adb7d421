// What others may do with an account's mailboxes (RFC 4314): the access control lists, kept with
// the mailboxes in their owner's mail.db. Grantees are accounts by their ids, which are never given
// again: who gets an address that was free inherits no rights. The owner has every right, always,
// and stands in no list. domain.db has an index of who may find something with whom
// (Directory::sharers); it may name too many, never too few.
#pragma once

#include <map>
#include <vector>

#include "mail/rights.hpp"
#include "mailstore/account.hpp"

namespace mailstore {

/// In place of a grantee: everybody who has an account here.
inline constexpr AccountId kAnyone = 0;

/// Rights are granted, or taken away again ("-fred"), whoever granted them (RFC 4314 §2).
enum class AclSign { kGranted = 1, kTaken = -1 };

/// Whom an entry is about.
struct AclSubject {
  AccountId grantee = kAnyone;
  AclSign sign = AclSign::kGranted;
  bool operator==(const AclSubject&) const = default;
};

struct AclEntry {
  AclSubject subject;
  mail::Rights rights;
  bool operator==(const AclEntry&) const = default;
};

/// Without the owner.
std::vector<AclEntry> mailbox_acl(Account& account, MailboxId mailbox);
/// One entry, changed; without rights it goes. The change rings like one of the mailbox.
/// kNoSuchMailbox also for a name kept only for its children.
Result<void, Failure> change_acl(Account& account, Directory& directory, MailboxId mailbox,
                                 const AclSubject& subject, const mail::RightsChange& change);

/// All for the owner; for others what is granted to them and to anyone, less what is taken away.
mail::Rights rights_of(Account& account, MailboxId mailbox, AccountId user);
/// The same of every mailbox where the user, not the owner, has any.
std::map<MailboxId, mail::Rights> rights_everywhere(Account& account, AccountId user);

/// Drops the user from the index when no list of the account has him, or anyone, any more.
void tidy_shares(Account& account, Directory& directory, AccountId user);

}  // namespace mailstore

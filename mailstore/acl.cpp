#include "mailstore/acl.hpp"

#include "mailstore/change_feed.hpp"
#include "mailstore/mailbox_row.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

/// Letters that a later version may have added are passed over: no right comes from them.
mail::Rights stored_rights(std::string_view letters) {
  return mail::parse_rights(letters).value_or(mail::Rights());
}

/// The entries that concern one user, added up.
struct Sum {
  mail::Rights granted, taken;

  void add(AclSign sign, mail::Rights rights) {
    auto& side = sign == AclSign::kGranted ? granted : taken;
    side = side | rights;
  }
  mail::Rights rights() const { return granted - taken; }
};

AclSign sign_of(std::int64_t stored) { return stored > 0 ? AclSign::kGranted : AclSign::kTaken; }

mail::Rights entry_rights(Database& database, MailboxId mailbox, const AclSubject& subject) {
  Statement row =
      database.query("SELECT rights FROM acl WHERE mailbox = ? AND grantee = ? AND sign = ?",
                     mailbox, subject.grantee, static_cast<int>(subject.sign));
  return row.step() ? stored_rights(row.text(0)) : mail::Rights();
}

void write_entry(Database& database, MailboxId mailbox, const AclEntry& entry) {
  const auto sign = static_cast<int>(entry.subject.sign);
  if (entry.rights.empty()) {
    database.run("DELETE FROM acl WHERE mailbox = ? AND grantee = ? AND sign = ?", mailbox,
                 entry.subject.grantee, sign);
    return;
  }
  database.run("INSERT OR REPLACE INTO acl VALUES (?, ?, ?, ?)", mailbox, entry.subject.grantee,
               sign, mail::letters_of(entry.rights));
}

/// While this account's lock is held no other process can be granting, so what the index loses is
/// not what somebody just added.
void tidy_share(Account& account, Directory& directory, AccountId grantee) {
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  const bool granted =
      database.integer("SELECT 1 FROM acl WHERE grantee = ? AND sign > 0 LIMIT 1", grantee)
          .has_value();
  if (!granted) directory.remove_share(grantee, account.id());
}

}  // namespace

std::vector<AclEntry> mailbox_acl(Account& account, MailboxId mailbox) {
  std::vector<AclEntry> entries;
  for (Statement row = account.database().query(
           "SELECT grantee, sign, rights FROM acl WHERE mailbox = ? ORDER BY grantee, sign DESC",
           mailbox);
       row.step();)
    entries.push_back({{row.integer(0), sign_of(row.integer(1))}, stored_rights(row.text(2))});
  return entries;
}

// The index first, then the list: a crash in between leaves a name too many.
Result<void, Failure> change_acl(Account& account, Directory& directory, MailboxId mailbox,
                                 const AclSubject& subject, const mail::RightsChange& change) {
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  if (!load_mailbox(database, mailbox)) return unexpected(Failure::kNoSuchMailbox);
  const mail::Rights before = entry_rights(database, mailbox, subject);
  const mail::Rights after = change.applied_to(before);
  if (after == before) return {};
  const bool granted = subject.sign == AclSign::kGranted;
  if (granted && !after.empty()) directory.add_share(subject.grantee, account.id());
  write_entry(database, mailbox, {subject, after});
  transaction.commit();
  if (granted && after.empty()) tidy_share(account, directory, subject.grantee);
  ring(account, mailbox, 0);
  ring(account, 0, 0);
  // To the grantee it is as if a mailbox had come or gone (RFC 5465 §5.4); to anyone, to everybody.
  if (account.feed() != nullptr) account.feed()->ring({subject.grantee, 0, 0});
  return {};
}

mail::Rights rights_of(Account& account, MailboxId mailbox, AccountId user) {
  if (user == account.id()) return mail::Rights::all();
  Sum sum;
  for (Statement row = account.database().query(
           "SELECT sign, rights FROM acl WHERE mailbox = ? AND grantee IN (?, ?)", mailbox, user,
           kAnyone);
       row.step();)
    sum.add(sign_of(row.integer(0)), stored_rights(row.text(1)));
  return sum.rights();
}

std::map<MailboxId, mail::Rights> rights_everywhere(Account& account, AccountId user) {
  std::map<MailboxId, Sum> sums;
  for (Statement row = account.database().query(
           "SELECT mailbox, sign, rights FROM acl WHERE grantee IN (?, ?)", user, kAnyone);
       row.step();)
    sums[row.integer(0)].add(sign_of(row.integer(1)), stored_rights(row.text(2)));
  std::map<MailboxId, mail::Rights> rights;
  for (const auto& [mailbox, sum] : sums)
    if (!sum.rights().empty()) rights.emplace(mailbox, sum.rights());
  return rights;
}

void tidy_shares(Account& account, Directory& directory, AccountId user) {
  tidy_share(account, directory, user);
  tidy_share(account, directory, kAnyone);
}

}  // namespace mailstore

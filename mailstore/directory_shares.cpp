// Who may find something in whose account: the index that LIST asks, in place of every account.
#include "mailstore/directory.hpp"
#include "mailstore/directory_impl.hpp"

namespace mailstore {

namespace {

// 0 is everybody; nobody shares with himself.
constexpr std::string_view kSharedWith =
    "WHERE id <> ?1 AND id IN (SELECT owner FROM share WHERE grantee IN (?1, 0)) ";

}  // namespace

void Directory::add_share(AccountId grantee, AccountId owner) {
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  if (impl_->database.run("INSERT OR IGNORE INTO share VALUES (?, ?)", grantee, owner) == 0) return;
  transaction.commit();
}

void Directory::remove_share(AccountId grantee, AccountId owner) {
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  impl_->database.run("DELETE FROM share WHERE grantee = ? AND owner = ?", grantee, owner);
  transaction.commit();
}

std::vector<AccountInfo> Directory::sharers(AccountId user) const {
  std::lock_guard lock(impl_->mutex);
  std::vector<AccountInfo> owners;
  for (Statement row = impl_->database.query(
           std::string(kAccountColumns) + std::string(kSharedWith) + "ORDER BY address", user);
       row.step();)
    owners.push_back(read_account(row));
  return owners;
}

std::optional<AccountInfo> Directory::sharer(AccountId user, std::string_view address) const {
  const auto key = parse_key(address);
  if (!key) return std::nullopt;
  std::lock_guard lock(impl_->mutex);
  Statement row = impl_->database.query(
      std::string(kAccountColumns) + std::string(kSharedWith) + "AND domain = ?2 AND local = ?3",
      user, key->domain, key->local);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

}  // namespace mailstore

#include "mailstore/directory.hpp"

#include "mailstore/directory_impl.hpp"

namespace mailstore {

Directory::Directory(const std::filesystem::path& file) : impl_(std::make_unique<Impl>(file)) {}
Directory::~Directory() = default;
Directory::Directory(Directory&&) noexcept = default;

Result<void, Failure> Directory::add_domain(std::string_view domain) {
  const auto key = mail::domain_key(domain);
  if (!key) return unexpected(Failure::kInvalidName);
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  if (impl_->database.run("INSERT OR IGNORE INTO domain (name) VALUES (?)", *key) == 0)
    return unexpected(Failure::kAlreadyExists);
  transaction.commit();
  return {};
}

Result<void, Failure> Directory::remove_domain(std::string_view domain) {
  const auto key = mail::domain_key(domain);
  if (!key) return unexpected(Failure::kNoSuchDomain);
  std::lock_guard lock(impl_->mutex);
  Database& database = impl_->database;
  Transaction transaction(database, Transaction::Kind::kWrite);
  if (!is_local_domain(database, *key)) return unexpected(Failure::kNoSuchDomain);
  if (database.integer("SELECT 1 FROM account WHERE domain = ?1 "
                       "UNION SELECT 1 FROM alias WHERE domain = ?1",
                       *key))
    return unexpected(Failure::kInUse);
  database.run("DELETE FROM domain WHERE name = ?", *key);
  transaction.commit();
  return {};
}

std::vector<std::string> Directory::domains() const {
  std::lock_guard lock(impl_->mutex);
  std::vector<std::string> names;
  for (Statement row = impl_->database.query("SELECT name FROM domain ORDER BY id"); row.step();)
    names.push_back(row.string(0));
  return names;
}

Result<AccountInfo, Failure> Directory::add_account(std::string_view address,
                                                    std::string_view password) {
  const auto key = parse_key(address);
  if (!key) return unexpected(Failure::kInvalidName);
  if (!acceptable_password(password)) return unexpected(Failure::kBadPassword);
  const Credentials secret = derive_credentials(password);
  std::lock_guard lock(impl_->mutex);
  Database& database = impl_->database;
  Transaction transaction(database, Transaction::Kind::kWrite);
  if (!is_local_domain(database, key->domain)) return unexpected(Failure::kNoSuchDomain);
  if (is_taken(database, *key)) return unexpected(Failure::kAlreadyExists);
  impl_->insert_account(*key, address, secret);
  AccountInfo created = impl_->account(*key).value();
  transaction.commit();
  return created;
}

Result<void, Failure> Directory::remove_account(std::string_view address) {
  const auto key = parse_key(address);
  if (!key) return unexpected(Failure::kNoSuchAccount);
  std::lock_guard lock(impl_->mutex);
  Database& database = impl_->database;
  Transaction transaction(database, Transaction::Kind::kWrite);
  const auto account = account_at(database, *key);
  if (!account) return unexpected(Failure::kNoSuchAccount);
  database.run("DELETE FROM forward WHERE account = ?", *account);
  database.run("DELETE FROM share WHERE grantee = ?1 OR owner = ?1", *account);
  database.run("DELETE FROM account WHERE id = ?", *account);
  transaction.commit();
  return {};
}

Result<void, Failure> Directory::set_password(std::string_view address, std::string_view password) {
  const auto key = parse_key(address);
  if (!key) return unexpected(Failure::kNoSuchAccount);
  if (!acceptable_password(password)) return unexpected(Failure::kBadPassword);
  const Credentials secret = derive_credentials(password);
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  if (impl_->database.run(
          "UPDATE account SET password = ?, version = version + 1, salt = ?, iterations = ?, "
          "stored_key = ?, server_key = ? WHERE domain = ? AND local = ?",
          secret.argon2id, Blob{secret.scram.salt}, secret.scram.iterations,
          Blob{secret.scram.stored_key}, Blob{secret.scram.server_key}, key->domain,
          key->local) == 0)
    return unexpected(Failure::kNoSuchAccount);
  transaction.commit();
  return {};
}

std::optional<AccountInfo> Directory::find_account(std::string_view address) const {
  const auto key = parse_key(address);
  if (!key) return std::nullopt;
  std::lock_guard lock(impl_->mutex);
  return impl_->account(*key);
}

std::optional<AccountInfo> Directory::find_account(AccountId id) const {
  std::lock_guard lock(impl_->mutex);
  return impl_->memory.account(id, [&]() -> std::optional<AccountInfo> {
    Statement row = impl_->database.query(std::string(kAccountColumns) + "WHERE id = ?", id);
    if (!row.step()) return std::nullopt;
    return read_account(row);
  });
}

std::vector<AccountInfo> Directory::accounts() const {
  std::lock_guard lock(impl_->mutex);
  std::vector<AccountInfo> all;
  for (Statement row =
           impl_->database.query(std::string(kAccountColumns) + "ORDER BY domain, local");
       row.step();)
    all.push_back(read_account(row));
  return all;
}

Result<void, Failure> Directory::set_limits(std::string_view address, const OwnLimits& limits) {
  const auto key = parse_key(address);
  if (!key) return unexpected(Failure::kNoSuchAccount);
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  if (impl_->database.run("UPDATE account SET storage_limit = ?, message_limit = ?, "
                          "mailbox_limit = ? WHERE domain = ? AND local = ?",
                          limits.storage, limits.messages, limits.mailboxes, key->domain,
                          key->local) == 0)
    return unexpected(Failure::kNoSuchAccount);
  transaction.commit();
  return {};
}

bool Directory::has_folder(AccountId id) const {
  std::lock_guard lock(impl_->mutex);
  return impl_->database.integer("SELECT has_folder FROM account WHERE id = ?", id) == 1;
}

void Directory::remember_folder(AccountId id) {
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  impl_->database.run("UPDATE account SET has_folder = 1 WHERE id = ?", id);
  transaction.commit();
}

std::optional<ScramKeys> Directory::scram_keys(std::string_view login) const {
  const auto key = parse_key(login);
  if (!key) return std::nullopt;
  std::lock_guard lock(impl_->mutex);
  Statement row = impl_->database.query(
      "SELECT salt, iterations, stored_key, server_key FROM account "
      "WHERE domain = ? AND local = ?",
      key->domain, key->local);
  if (!row.step()) return std::nullopt;
  return ScramKeys{.salt = row.string(0),
                   .iterations = static_cast<std::uint32_t>(row.integer(1)),
                   .stored_key = row.string(2),
                   .server_key = row.string(3)};
}

std::optional<AccountInfo> Directory::verify(std::string_view login,
                                             std::string_view password) const {
  const auto found = impl_->login(login);
  if (!found) {
    pretend_to_check(password);
    return std::nullopt;
  }
  const AccountInfo& account = found->account;
  if (impl_->logins.knows(account.id, found->version, password)) return account;
  if (!password_matches(found->argon2id, password)) return std::nullopt;
  impl_->logins.remember(account.id, found->version, password);
  return account;
}

}  // namespace mailstore

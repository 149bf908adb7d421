#include "mailstore/directory.hpp"

#include <algorithm>
#include <ctime>
#include <mutex>

#include "mailstore/address_lookup.hpp"
#include "mailstore/files.hpp"
#include "mailstore/password.hpp"
#include "mailstore/schema.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

/// An account's address: `local@domain`, the domain a name rather than a literal.
std::optional<AddressKey> parse_key(std::string_view text) {
  const auto address = mail::parse_address(text);
  return address && !address->is_null() ? key_of(*address) : std::nullopt;
}

/// "@example.test" is the catch-all, which has an empty local part.
std::optional<AddressKey> parse_alias_key(std::string_view text) {
  if (!text.starts_with('@')) return parse_key(text);
  auto domain = mail::domain_key(text.substr(1));
  if (!domain) return std::nullopt;
  return AddressKey{*std::move(domain), ""};
}

constexpr std::string_view kAccountColumns = "SELECT id, address, created_at FROM account ";

AccountInfo read_account(const Statement& row) {
  return {.id = row.integer(0), .address = row.string(1), .created_at = row.integer(2)};
}

bool valid_target(const std::string& target) { return parse_key(target).has_value(); }

}  // namespace

struct Directory::Impl {
  explicit Impl(const std::filesystem::path& file) : database(file) {
    migrate(database, directory_schema());
  }

  std::mutex mutex;
  Database database;
  LoginMemory logins;

  std::optional<AccountInfo> account(const AddressKey& key) {
    Statement row = database.query(std::string(kAccountColumns) + "WHERE domain = ? AND local = ?",
                                   key.domain, key.local);
    if (!row.step()) return std::nullopt;
    return read_account(row);
  }

  /// What a login is checked against, read under the lock; the check itself is slow.
  struct Login {
    AccountInfo account;
    std::string argon2id;
    std::int64_t version;
  };
  std::optional<Login> login(std::string_view address) {
    const auto key = parse_key(address);
    if (!key) return std::nullopt;
    std::lock_guard lock(mutex);
    Statement row = database.query(
        "SELECT id, address, created_at, password, version FROM account "
        "WHERE domain = ? AND local = ?",
        key->domain, key->local);
    if (!row.step()) return std::nullopt;
    return Login{read_account(row), row.string(3), row.integer(4)};
  }

  void insert_account(const AddressKey& key, std::string_view address, const Credentials& secret) {
    database.run(
        "INSERT INTO account (domain, local, address, created_at, password, salt, iterations, "
        "stored_key, server_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        key.domain, key.local, address, std::time(nullptr), secret.argon2id,
        Blob{secret.scram.salt}, secret.scram.iterations, Blob{secret.scram.stored_key},
        Blob{secret.scram.server_key});
  }
};

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
  if (account_at(database, *key) || !alias_targets(database, *key).empty())
    return unexpected(Failure::kAlreadyExists);
  impl_->insert_account(*key, address, secret);
  AccountInfo created = impl_->account(*key).value();
  transaction.commit();
  return created;
}

Result<void, Failure> Directory::remove_account(std::string_view address) {
  const auto key = parse_key(address);
  if (!key) return unexpected(Failure::kNoSuchAccount);
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  if (impl_->database.run("DELETE FROM account WHERE domain = ? AND local = ?", key->domain,
                          key->local) == 0)
    return unexpected(Failure::kNoSuchAccount);
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
  Statement row = impl_->database.query(std::string(kAccountColumns) + "WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  return read_account(row);
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

Result<void, Failure> Directory::add_alias(std::string_view address,
                                           const std::vector<std::string>& targets) {
  const auto key = parse_alias_key(address);
  if (!key || targets.empty() || !std::all_of(targets.begin(), targets.end(), valid_target))
    return unexpected(Failure::kInvalidName);
  std::lock_guard lock(impl_->mutex);
  Database& database = impl_->database;
  Transaction transaction(database, Transaction::Kind::kWrite);
  if (!is_local_domain(database, key->domain)) return unexpected(Failure::kNoSuchDomain);
  if (account_at(database, *key) || !alias_targets(database, *key).empty())
    return unexpected(Failure::kAlreadyExists);
  for (std::size_t position = 0; position < targets.size(); ++position)
    database.run("INSERT INTO alias VALUES (?, ?, ?, ?, ?)", key->domain, key->local, position,
                 address, targets[position]);
  transaction.commit();
  return {};
}

Result<void, Failure> Directory::remove_alias(std::string_view address) {
  const auto key = parse_alias_key(address);
  if (!key) return unexpected(Failure::kNoSuchAlias);
  std::lock_guard lock(impl_->mutex);
  Transaction transaction(impl_->database, Transaction::Kind::kWrite);
  if (impl_->database.run("DELETE FROM alias WHERE domain = ? AND local = ?", key->domain,
                          key->local) == 0)
    return unexpected(Failure::kNoSuchAlias);
  transaction.commit();
  return {};
}

std::vector<AliasInfo> Directory::aliases() const {
  std::lock_guard lock(impl_->mutex);
  std::vector<AliasInfo> all;
  for (Statement row = impl_->database.query(
           "SELECT position, address, target FROM alias ORDER BY domain, local, position");
       row.step();) {
    if (row.integer(0) == 0) all.push_back({row.string(1), {}});
    all.back().targets.push_back(row.string(2));
  }
  return all;
}

Resolution Directory::resolve(const mail::Address& recipient) const {
  std::lock_guard lock(impl_->mutex);
  Transaction snapshot(impl_->database, Transaction::Kind::kRead);
  return AddressLookup(impl_->database).resolve(recipient);
}

bool Directory::may_send_as(AccountId account, const mail::Address& sender) const {
  const Resolution leads_to = resolve(sender);
  return std::find(leads_to.accounts.begin(), leads_to.accounts.end(), account) !=
         leads_to.accounts.end();
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

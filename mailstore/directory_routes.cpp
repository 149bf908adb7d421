// The half of Directory that says where mail goes: aliases, what users forward, and the way
// through both.
#include <algorithm>
#include <set>

#include "mailstore/directory_impl.hpp"

namespace mailstore {

namespace {

/// "@example.test" is the catch-all, which has an empty local part.
std::optional<AddressKey> parse_alias_key(std::string_view text) {
  if (!text.starts_with('@')) return parse_key(text);
  auto domain = mail::domain_key(text.substr(1));
  if (!domain) return std::nullopt;
  return AddressKey{*std::move(domain), ""};
}

/// Each once, in their order; nullopt when one of them is no address.
std::optional<std::vector<std::string>> distinct(const std::vector<std::string>& targets) {
  std::vector<std::string> kept;
  std::set<AddressKey> seen;
  for (const std::string& target : targets) {
    const auto key = parse_key(target);
    if (!key) return std::nullopt;
    if (seen.insert(*key).second) kept.push_back(target);
  }
  return kept;
}

/// What is wrong with the way that mail for the address would now take.
Result<void, Failure> check_way(Database& database, const AddressKey& key) {
  AddressLookup lookup(database);
  const Resolution resolution = lookup.resolve({key.local, key.domain});
  if (lookup.met_a_circle()) return unexpected(Failure::kLoop);
  if (!resolution.whole) return unexpected(Failure::kTooDeep);
  return {};
}

}  // namespace

Result<void, Failure> Directory::add_alias(std::string_view address,
                                           const std::vector<std::string>& targets) {
  const auto key = parse_alias_key(address);
  const auto kept = distinct(targets);
  if (!key || !kept || kept->empty()) return unexpected(Failure::kInvalidName);
  std::lock_guard lock(impl_->mutex);
  Database& database = impl_->database;
  Transaction transaction(database, Transaction::Kind::kWrite);
  if (!is_local_domain(database, key->domain)) return unexpected(Failure::kNoSuchDomain);
  if (is_taken(database, *key)) return unexpected(Failure::kAlreadyExists);
  for (std::size_t position = 0; position < kept->size(); ++position)
    database.run("INSERT INTO alias VALUES (?, ?, ?, ?, ?)", key->domain, key->local, position,
                 address, (*kept)[position]);
  if (const auto good = check_way(database, *key); !good) return good;
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

Result<void, Failure> Directory::set_forwarding(std::string_view address,
                                                const Forwarding& forwarding) {
  const auto key = parse_key(address);
  if (!key) return unexpected(Failure::kNoSuchAccount);
  const auto kept = distinct(forwarding.targets);
  if (!kept) return unexpected(Failure::kInvalidName);
  std::lock_guard lock(impl_->mutex);
  Database& database = impl_->database;
  Transaction transaction(database, Transaction::Kind::kWrite);
  const auto account = account_at(database, *key);
  if (!account) return unexpected(Failure::kNoSuchAccount);
  database.run("UPDATE account SET keep = ? WHERE id = ?",
               static_cast<int>(forwarding.copy == Forwarding::Copy::kKept), *account);
  database.run("DELETE FROM forward WHERE account = ?", *account);
  for (std::size_t position = 0; position < kept->size(); ++position)
    database.run("INSERT INTO forward VALUES (?, ?, ?)", *account, position, (*kept)[position]);
  if (const auto good = check_way(database, *key); !good) return good;
  transaction.commit();
  return {};
}

Forwarding Directory::forwarding(AccountId account) const {
  std::lock_guard lock(impl_->mutex);
  Transaction snapshot(impl_->database, Transaction::Kind::kRead);
  Forwarding forwarding;
  if (impl_->database.integer("SELECT keep FROM account WHERE id = ?", account) == 0)
    forwarding.copy = Forwarding::Copy::kNone;
  for (Statement row = impl_->database.query(
           "SELECT target FROM forward WHERE account = ? ORDER BY position", account);
       row.step();)
    forwarding.targets.push_back(row.string(0));
  return forwarding;
}

bool Directory::is_local(const mail::Address& address) const {
  const auto domain = mail::domain_key(address.domain);
  if (!domain) return false;
  std::lock_guard lock(impl_->mutex);
  return is_local_domain(impl_->database, *domain);
}

std::string Directory::srs_secret() const {
  std::lock_guard lock(impl_->mutex);
  Statement row = impl_->database.query("SELECT secret FROM srs");
  if (!row.step()) throw StoreError("domain.db has lost the secret of its SRS addresses");
  return row.string(0);
}

Resolution Directory::resolve(const mail::Address& recipient) const {
  std::lock_guard lock(impl_->mutex);
  return impl_->memory.resolution(recipient, [&] {
    Transaction snapshot(impl_->database, Transaction::Kind::kRead);
    return AddressLookup(impl_->database).resolve(recipient);
  });
}

bool Directory::may_send_as(AccountId account, const mail::Address& sender) const {
  std::lock_guard lock(impl_->mutex);
  Transaction snapshot(impl_->database, Transaction::Kind::kRead);
  const Resolution leads_to =
      AddressLookup(impl_->database, AddressLookup::Forwards::kIgnored).resolve(sender);
  return std::find(leads_to.accounts.begin(), leads_to.accounts.end(), account) !=
         leads_to.accounts.end();
}

}  // namespace mailstore

#include "mailstore/address_lookup.hpp"

#include <algorithm>

namespace mailstore {

namespace {

constexpr int kMostSteps = 10;
constexpr std::string_view kPostmaster = "postmaster";

template <class T>
void add_unique(std::vector<T>& list, const T& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

/// "user+detail" → "user"; "" when there is no detail.
std::string without_detail(const std::string& local) {
  const auto plus = local.find('+');
  return plus == std::string::npos ? "" : local.substr(0, plus);
}

/// RFC 5321 §4.5.1: `<postmaster>` without a domain is for the server itself.
mail::Address with_domain(Database& database, mail::Address address) {
  if (!address.domain.empty() || mail::local_key(address.local) != kPostmaster) return address;
  Statement first = database.query("SELECT name FROM domain ORDER BY id LIMIT 1");
  if (first.step()) address.domain = first.string(0);
  return address;
}

}  // namespace

std::optional<AddressKey> key_of(const mail::Address& address) {
  auto domain = mail::domain_key(address.domain);
  if (!domain) return std::nullopt;
  return AddressKey{*std::move(domain), mail::local_key(address.local)};
}

bool is_local_domain(Database& database, std::string_view domain) {
  return database.integer("SELECT 1 FROM domain WHERE name = ?", domain).has_value();
}

std::optional<AccountId> account_at(Database& database, const AddressKey& key) {
  return database.integer("SELECT id FROM account WHERE domain = ? AND local = ?", key.domain,
                          key.local);
}

std::vector<std::string> alias_targets(Database& database, const AddressKey& key) {
  std::vector<std::string> targets;
  for (Statement row = database.query(
           "SELECT target FROM alias WHERE domain = ? AND local = ? ORDER BY position", key.domain,
           key.local);
       row.step();)
    targets.push_back(row.string(0));
  return targets;
}

Resolution AddressLookup::resolve(const mail::Address& recipient) {
  const mail::Address address = with_domain(database_, recipient);
  const auto key = key_of(address);
  resolution_.domain_is_local = key && is_local_domain(database_, key->domain);
  if (resolution_.domain_is_local) follow(address, 0);
  return std::move(resolution_);
}

void AddressLookup::follow(const mail::Address& address, int steps) {
  if (steps > kMostSteps) return;
  const auto key = key_of(address);
  if (!key || !is_local_domain(database_, key->domain)) {
    add_unique(resolution_.remote, address);
    return;
  }
  if (!seen_.insert(*key).second) return;
  if (found(*key, steps)) return;
  const std::string base = without_detail(key->local);
  if (!base.empty() && found({key->domain, base}, steps)) return;
  if (!found({key->domain, ""}, steps)) found_postmaster(*key);
}

bool AddressLookup::found(const AddressKey& key, int steps) {
  if (const auto account = account_at(database_, key)) {
    add_unique(resolution_.accounts, *account);
    return true;
  }
  const std::vector<std::string> targets = alias_targets(database_, key);
  for (const std::string& target : targets)
    if (const auto address = mail::parse_address(target)) follow(*address, steps + 1);
  return !targets.empty();
}

bool AddressLookup::found_postmaster(const AddressKey& key) {
  if (key.local != kPostmaster) return false;
  const auto first =
      database_.integer("SELECT id FROM account WHERE domain = ? ORDER BY id LIMIT 1", key.domain);
  if (first) add_unique(resolution_.accounts, *first);
  return first.has_value();
}

}  // namespace mailstore

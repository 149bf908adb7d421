#include "mailstore/address_lookup.hpp"

#include <algorithm>

namespace mailstore {

namespace {

constexpr std::size_t kMostSteps = 10;
constexpr std::string_view kPostmaster = "postmaster";

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

void add_account(std::vector<AccountId>& accounts, AccountId account) {
  if (std::find(accounts.begin(), accounts.end(), account) == accounts.end())
    accounts.push_back(account);
}

void add_forward(std::vector<Forward>& forwards, Forward forward) {
  const bool there = std::any_of(forwards.begin(), forwards.end(), [&](const Forward& other) {
    return other.address == forward.address;
  });
  if (!there) forwards.push_back(std::move(forward));
}

}  // namespace

std::optional<AddressKey> key_of(const mail::Address& address) {
  auto domain = mail::domain_key(address.domain);
  if (!domain) return std::nullopt;
  return AddressKey{*std::move(domain), mail::local_key(address.local)};
}

std::optional<AddressKey> parse_key(std::string_view text) {
  const auto address = mail::parse_address(text);
  return address && !address->is_null() ? key_of(*address) : std::nullopt;
}

bool is_local_domain(Database& database, std::string_view domain) {
  return database.integer("SELECT 1 FROM domain WHERE name = ?", domain).has_value();
}

std::optional<AccountId> account_at(Database& database, const AddressKey& key) {
  return database.integer("SELECT id FROM account WHERE domain = ? AND local = ?", key.domain,
                          key.local);
}

bool is_taken(Database& database, const AddressKey& key) {
  return account_at(database, key) ||
         database.integer("SELECT 1 FROM alias WHERE domain = ? AND local = ? LIMIT 1", key.domain,
                          key.local);
}

Resolution AddressLookup::resolve(const mail::Address& recipient) {
  const mail::Address address = with_domain(database_, recipient);
  const auto key = key_of(address);
  resolution_.domain_is_local = key && is_local_domain(database_, key->domain);
  if (resolution_.domain_is_local) follow(address);
  // Users who forward to each other without a copy must not make their mail vanish.
  if (!resolution_.known() && last_resort_) resolution_.accounts.push_back(*last_resort_);
  return std::move(resolution_);
}

void AddressLookup::follow(const mail::Address& address) {
  const auto key = key_of(address);
  if (!key || !is_local_domain(database_, key->domain)) {
    add_forward(resolution_.remote, {address, by_});
    return;
  }
  if (const auto place = find(*key)) visit(*place, address);
}

void AddressLookup::visit(const Place& place, const mail::Address& named) {
  const bool circle = std::any_of(way_.begin(), way_.end(),
                                  [&](const Place& before) { return before.key == place.key; });
  if (circle) met_a_circle_ = true;
  if (way_.size() > kMostSteps) resolution_.whole = false;
  if (circle || !resolution_.whole || !visited_.insert(place.key).second) return;
  if (place.keeps) add_account(resolution_.accounts, place.account);
  if (place.account != 0 && !last_resort_) last_resort_ = place.account;
  way_.push_back(place);
  for (const std::string& target : place.targets) {
    by_ = place.key.local.empty() ? named.to_string() : place.address;
    if (const auto address = mail::parse_address(target)) follow(*address);
  }
  way_.pop_back();
}

std::optional<AddressLookup::Place> AddressLookup::find(const AddressKey& key) {
  const auto exact = [this](const AddressKey& of) {
    auto place = find_account(of);
    return place ? std::move(place) : find_alias(of);
  };
  auto place = exact(key);
  const std::string base = without_detail(key.local);
  if (!place && !base.empty()) place = exact({key.domain, base});
  if (!place) place = find_alias({key.domain, ""});
  return place ? std::move(place) : find_postmaster(key);
}

std::optional<AddressLookup::Place> AddressLookup::find_account(const AddressKey& key) {
  std::optional<Place> place;
  Statement row = database_.query(
      "SELECT id, address, keep, target FROM account LEFT JOIN forward ON account = id "
      "WHERE domain = ? AND local = ? ORDER BY position",
      key.domain, key.local);
  while (row.step()) {
    if (!place) place = Place{key, row.string(1), row.integer(0), row.integer(2) != 0, {}};
    if (!row.is_null(3)) place->targets.push_back(row.string(3));
  }
  if (place && forwards_ == Forwards::kIgnored) place->targets.clear();
  if (place && place->targets.empty()) place->keeps = true;
  return place;
}

std::optional<AddressLookup::Place> AddressLookup::find_alias(const AddressKey& key) {
  std::optional<Place> place;
  Statement row = database_.query(
      "SELECT address, target FROM alias WHERE domain = ? AND local = ? ORDER BY position",
      key.domain, key.local);
  while (row.step()) {
    if (!place) place = Place{key, row.string(0), 0, false, {}};
    place->targets.push_back(row.string(1));
  }
  return place;
}

std::optional<AddressLookup::Place> AddressLookup::find_postmaster(const AddressKey& key) {
  if (key.local != kPostmaster) return std::nullopt;
  Statement first = database_.query(
      "SELECT domain, local FROM account ORDER BY domain <> ?, id LIMIT 1", key.domain);
  if (!first.step()) return std::nullopt;
  return find_account({first.string(0), first.string(1)});
}

}  // namespace mailstore

// Where mail for an address goes, asked of domain.db's tables. Private to the room; the caller has
// the Directory's lock.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/directory.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

/// An address as the tables have it.
struct AddressKey {
  std::string domain, local;
  auto operator<=>(const AddressKey&) const = default;
};
/// nullopt when the domain is none.
std::optional<AddressKey> key_of(const mail::Address& address);

bool is_local_domain(Database& database, std::string_view domain);
std::optional<AccountId> account_at(Database& database, const AddressKey& key);
std::vector<std::string> alias_targets(Database& database, const AddressKey& key);

class AddressLookup {
 public:
  explicit AddressLookup(Database& database) : database_(database) {}
  Resolution resolve(const mail::Address& recipient);

 private:
  void follow(const mail::Address& address, int steps);
  bool found(const AddressKey& key, int steps);
  bool found_postmaster(const AddressKey& key);

  Database& database_;
  std::set<AddressKey> seen_;
  Resolution resolution_;
};

}  // namespace mailstore

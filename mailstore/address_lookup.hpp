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
/// Of `local@domain`.
std::optional<AddressKey> parse_key(std::string_view text);

bool is_local_domain(Database& database, std::string_view domain);
std::optional<AccountId> account_at(Database& database, const AddressKey& key);
/// Is there an account or an alias of that very address?
bool is_taken(Database& database, const AddressKey& key);

/// One search from one recipient through aliases and forwards to their ends. A place is visited
/// once, however many ways lead to it.
class AddressLookup {
 public:
  enum class Forwards { kFollowed, kIgnored };  ///< of users; aliases are always followed
  explicit AddressLookup(Database& database, Forwards forwards = Forwards::kFollowed)
      : database_(database), forwards_(forwards) {}

  Resolution resolve(const mail::Address& recipient);
  /// Some way led back to where it came from, and was left there.
  bool met_a_circle() const { return met_a_circle_; }

 private:
  /// An account or an alias, and where mail goes from there.
  struct Place {
    AddressKey key;
    std::string address;  ///< as created
    AccountId account = 0;
    bool keeps = false;  ///< the mail, in its mailbox
    std::vector<std::string> targets;
  };

  void follow(const mail::Address& address);
  void visit(const Place& place, const mail::Address& named);
  std::optional<Place> find(const AddressKey& key);
  std::optional<Place> find_account(const AddressKey& key);
  std::optional<Place> find_alias(const AddressKey& key);
  std::optional<Place> find_postmaster(const AddressKey& key);

  Database& database_;
  const Forwards forwards_;
  std::set<AddressKey> visited_;
  std::vector<Place> way_;  ///< from the recipient to where the search is
  std::string by_;          ///< the address that the last of them goes by
  std::optional<AccountId> last_resort_;
  bool met_a_circle_ = false;
  Resolution resolution_;
};

}  // namespace mailstore

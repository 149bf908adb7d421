// domain.db: the domains, accounts, aliases and credentials of this installation. Small, read all
// the time, written by mailctl while the daemons run. Safe from every thread. Passwords are kept as
// argon2id and SCRAM-SHA-256 keys only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mail/address.hpp"
#include "mailstore/errors.hpp"
#include "mailstore/quota.hpp"

namespace mailstore {

using AccountId = std::int64_t;

struct AccountInfo {
  AccountId id = 0;
  std::string address;          ///< local@domain as created
  std::int64_t created_at = 0;  ///< seconds since 1970
  OwnLimits limits{};
};

struct AliasInfo {
  std::string address;               ///< "info@example.test", or "@example.test": catch-all
  std::vector<std::string> targets;  ///< addresses, local or outside
};

/// What RFC 5802 keeps of a password.
struct ScramKeys {
  std::string salt;
  std::uint32_t iterations = 0;
  std::string stored_key;
  std::string server_key;
};

/// Where an account's mail goes besides its mailbox, or instead of it.
struct Forwarding {
  enum class Copy { kKept, kNone };
  std::vector<std::string> targets;  ///< addresses, local or outside; empty: nowhere
  Copy copy = Copy::kKept;
};

/// An address outside that mail is forwarded to.
struct Forward {
  mail::Address address;
  std::string by;  ///< the local address whose alias or forward says so
  bool operator==(const Forward&) const = default;
};

/// Where mail for an address goes.
struct Resolution {
  bool domain_is_local = false;
  std::vector<AccountId> accounts;  ///< local mailboxes, unique
  std::vector<Forward> remote;      ///< addresses elsewhere, unique
  bool whole = true;                ///< false: a chain of aliases was too long to be followed
  bool known() const { return !accounts.empty() || !remote.empty(); }
};

class Directory {
 public:
  explicit Directory(const std::filesystem::path& file);
  ~Directory();
  Directory(Directory&&) noexcept;

  Result<void, Failure> add_domain(std::string_view domain);
  Result<void, Failure> remove_domain(std::string_view domain);
  std::vector<std::string> domains() const;

  Result<AccountInfo, Failure> add_account(std::string_view address, std::string_view password);
  Result<void, Failure> remove_account(std::string_view address);
  Result<void, Failure> set_password(std::string_view address, std::string_view password);
  std::optional<AccountInfo> find_account(std::string_view address) const;
  std::optional<AccountInfo> find_account(AccountId id) const;
  std::vector<AccountInfo> accounts() const;

  /// What the account may hold, in place of what was said before.
  Result<void, Failure> set_limits(std::string_view address, const OwnLimits& limits);

  /// Accounts that have, or had, something for the user or for anyone, by address; himself left
  /// out (mailstore/acl.hpp keeps this).
  std::vector<AccountInfo> sharers(AccountId user) const;
  /// The one of them with this address.
  std::optional<AccountInfo> sharer(AccountId user, std::string_view address) const;
  void add_share(AccountId grantee, AccountId owner);
  void remove_share(AccountId grantee, AccountId owner);

  /// Whether the account's folder was made once: one that is missing then was lost.
  bool has_folder(AccountId id) const;
  void remember_folder(AccountId id);

  /// Targets that stand there twice are kept once. Failure::kLoop and kTooDeep when mail would go
  /// in circles or through more than ten steps.
  Result<void, Failure> add_alias(std::string_view address,
                                  const std::vector<std::string>& targets);
  Result<void, Failure> remove_alias(std::string_view address);
  std::vector<AliasInfo> aliases() const;

  /// Replaces what was forwarded before; failures as add_alias.
  Result<void, Failure> set_forwarding(std::string_view address, const Forwarding& forwarding);
  Forwarding forwarding(AccountId account) const;

  /// Is mail for the address's domain ours?
  bool is_local(const mail::Address& address) const;
  /// What SRS addresses are signed with: random octets, made with the database.
  std::string srs_secret() const;

  /// The account or alias of that very address; else of its plus address (user+detail); else the
  /// catch-all; else, for postmaster, the first account of the domain, so that it always works, as
  /// `<postmaster>` without a domain does (RFC 5321 §4.5.1). Aliases and forwards are followed ten
  /// steps, circles are left out; an account whose forwards lead nowhere gets the mail itself.
  Resolution resolve(const mail::Address& recipient) const;
  /// An address the account may send as: one that leads to it, be it its own, a plus address or an
  /// alias. What users forward gives nobody the right to send as them, nor takes their own.
  bool may_send_as(AccountId account, const mail::Address& sender) const;

  std::optional<ScramKeys> scram_keys(std::string_view login) const;
  /// Verifies by argon2id (about 50 ms of processor the first time; a success is remembered in
  /// memory for five minutes as a keyed hash, forgotten when the password changes). `login` is a
  /// full address; callers complete a bare local part with the default domain.
  std::optional<AccountInfo> verify(std::string_view login, std::string_view password) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailstore

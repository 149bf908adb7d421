// Passwords as the directory keeps them: argon2id (RFC 9106) and the keys of SCRAM-SHA-256 (RFC
// 5802, RFC 7677), never the password. Private to the room.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mailstore/directory.hpp"

namespace mailstore {

struct Credentials {
  std::string argon2id;
  ScramKeys scram;
};

/// Empty ones, those over 512 octets and those with control characters are refused (RFC 8265 §4.2
/// in its spirit).
bool acceptable_password(std::string_view password);
Credentials derive_credentials(std::string_view password);
/// Costs the same whether it is right or not; about 50 ms of processor.
bool password_matches(std::string_view argon2id, std::string_view password);
/// Spends what a check costs, for a login that doesn't exist, so that nobody can probe for names.
void pretend_to_check(std::string_view password);

/// Logins that were verified, as hashes keyed with a random key of this process, so that the next
/// ones cost no argon2id. Safe from every thread.
class LoginMemory {
 public:
  using Clock = std::chrono::steady_clock;
  explicit LoginMemory(std::function<Clock::time_point()> now = &Clock::now);

  bool knows(AccountId account, std::int64_t version, std::string_view password) const;
  void remember(AccountId account, std::int64_t version, std::string_view password);

 private:
  struct Entry {
    std::int64_t version;
    std::string hash;
    Clock::time_point until;
  };
  std::string hash(AccountId account, std::int64_t version, std::string_view password) const;

  std::function<Clock::time_point()> now_;
  std::string key_;
  mutable std::mutex mutex_;
  std::unordered_map<AccountId, Entry> entries_;
};

}  // namespace mailstore

#include "mailstore/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <new>
#include <stdexcept>

#include "mail/sasl.hpp"

namespace mailstore {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kLongestPassword = 512;
constexpr unsigned long long kOperations = 2;
constexpr std::size_t kMemory = 32u << 20;  // octets; with two passes about 50 ms
constexpr std::size_t kSaltSize = 16;
constexpr auto kRemembered = 5min;

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium can't be initialised");
}

std::string random_octets(std::size_t size) {
  start_sodium();
  std::string octets(size, '\0');
  randombytes_buf(octets.data(), octets.size());
  return octets;
}

std::string argon2id(std::string_view password) {
  start_sodium();
  char text[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(text, password.data(), password.size(), kOperations, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();
  return text;
}

}  // namespace

bool acceptable_password(std::string_view password) {
  return !password.empty() && password.size() <= kLongestPassword &&
         std::none_of(password.begin(), password.end(), [](char each) {
           const auto octet = static_cast<unsigned char>(each);
           return octet < 0x20 || octet == 0x7f;
         });
}

Credentials derive_credentials(std::string_view password) {
  const mail::ScramCredentials scram =
      mail::derive_scram(password, random_octets(kSaltSize), mail::kScramIterations);
  return {.argon2id = argon2id(password),
          .scram = {.salt = scram.salt,
                    .iterations = scram.iterations,
                    .stored_key = scram.stored_key,
                    .server_key = scram.server_key}};
}

bool password_matches(std::string_view argon2id, std::string_view password) {
  start_sodium();
  return crypto_pwhash_str_verify(std::string(argon2id).c_str(), password.data(),
                                  password.size()) == 0;
}

void pretend_to_check(std::string_view password) {
  static const std::string nobody = argon2id(random_octets(kSaltSize));
  password_matches(nobody, password.substr(0, kLongestPassword));
}

LoginMemory::LoginMemory(std::function<Clock::time_point()> now)
    : now_(std::move(now)), key_(random_octets(crypto_generichash_KEYBYTES)) {}

bool LoginMemory::knows(AccountId account, std::int64_t version, std::string_view password) const {
  const std::string hashed = hash(account, version, password);
  std::lock_guard lock(mutex_);
  const auto entry = entries_.find(account);
  return entry != entries_.end() && entry->second.version == version &&
         now_() < entry->second.until &&
         sodium_memcmp(entry->second.hash.data(), hashed.data(), hashed.size()) == 0;
}

void LoginMemory::remember(AccountId account, std::int64_t version, std::string_view password) {
  Entry entry{version, hash(account, version, password), now_() + kRemembered};
  std::lock_guard lock(mutex_);
  entries_[account] = std::move(entry);
}

std::string LoginMemory::hash(AccountId account, std::int64_t version,
                              std::string_view password) const {
  std::string text = std::to_string(account) + ":" + std::to_string(version) + ":";
  text += password;
  std::string result(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     reinterpret_cast<const unsigned char*>(key_.data()), key_.size());
  sodium_memzero(text.data(), text.size());
  return result;
}

}  // namespace mailstore

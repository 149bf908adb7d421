#include "mail/scram.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <utf8proc.h>

#include <cstdlib>
#include <stdexcept>

#include "mail/base64.hpp"

namespace mail {
namespace scram {
namespace {

constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kNonceOctets = 18;

const unsigned char* octets_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* writable(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// The part of SASLprep (RFC 4013) that matters to passwords people type: compatibility forms and
/// composition. What isn't UTF-8 stays as it is.
std::string prepare(std::string_view password) {
  utf8proc_uint8_t* prepared = nullptr;
  const auto length =
      utf8proc_map(octets_of(password), static_cast<utf8proc_ssize_t>(password.size()), &prepared,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                  UTF8PROC_COMPAT | UTF8PROC_IGNORE));
  if (length < 0) return std::string(password);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(prepared, std::free);
  return {reinterpret_cast<char*>(prepared), static_cast<std::size_t>(length)};
}

}  // namespace

std::string sha256(std::string_view octets) {
  std::string digest(kDigestSize, '\0');
  if (EVP_Digest(octets.data(), octets.size(), writable(digest), nullptr, EVP_sha256(), nullptr) !=
      1)
    throw std::runtime_error("SHA-256 is not available");
  return digest;
}

std::string hmac(std::string_view key, std::string_view octets) {
  std::string code(kDigestSize, '\0');
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets_of(octets), octets.size(),
           writable(code), nullptr) == nullptr)
    throw std::runtime_error("HMAC-SHA-256 is not available");
  return code;
}

std::string salted_password(std::string_view password, std::string_view salt, unsigned iterations) {
  const auto prepared = prepare(password);
  std::string key(kDigestSize, '\0');
  if (PKCS5_PBKDF2_HMAC(prepared.data(), static_cast<int>(prepared.size()), octets_of(salt),
                        static_cast<int>(salt.size()), static_cast<int>(iterations), EVP_sha256(),
                        static_cast<int>(key.size()), writable(key)) != 1)
    throw std::runtime_error("PBKDF2 is not available");
  return key;
}

std::string exclusive_or(std::string_view a, std::string_view b) {
  std::string result(a);
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = static_cast<char>(a[i] ^ b[i]);
  return result;
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string make_nonce() {
  std::string octets(kNonceOctets, '\0');
  if (RAND_bytes(writable(octets), static_cast<int>(octets.size())) != 1)
    throw std::runtime_error("no random numbers");
  return base64_encode(octets);
}

// attr-val = ALPHA "=" value; value = 1*value-char, none of them ","
std::optional<std::string_view> take_attribute(std::string_view& message, char name) {
  if (message.size() < 2 || message[0] != name || message[1] != '=') return std::nullopt;
  const auto comma = message.find(',');
  const auto value = message.substr(2, comma == message.npos ? comma : comma - 2);
  message.remove_prefix(comma == message.npos ? message.size() : comma + 1);
  return value;
}

std::string escape_name(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == ',')
      text += "=2C";
    else if (c == '=')
      text += "=3D";
    else
      text += c;
  }
  return text;
}

// saslname = 1*(value-safe-char / "=2C" / "=3D")
std::optional<std::string> unescape_name(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    const bool escaped = text.front() == '=';
    if (!escaped)
      name += text.front();
    else if (text.starts_with("=2C"))
      name += ',';
    else if (text.starts_with("=3D"))
      name += '=';
    else
      return std::nullopt;
    text.remove_prefix(escaped ? 3 : 1);
  }
  if (name.empty() || name.find('\0') != name.npos) return std::nullopt;
  return name;
}

const std::string& binding_value(const ChannelBindings& bindings, std::string_view name) {
  static const std::string none;
  if (name == "tls-exporter") return bindings.tls_exporter;
  if (name == "tls-server-end-point") return bindings.tls_server_end_point;
  return none;
}

bool has_bindings(const ChannelBindings& bindings) {
  return !bindings.tls_exporter.empty() || !bindings.tls_server_end_point.empty();
}

}  // namespace scram

ScramCredentials derive_scram(std::string_view password, std::string_view salt,
                              unsigned iterations) {
  const auto salted = scram::salted_password(password, salt, iterations);
  return {.salt = std::string(salt),
          .iterations = iterations,
          .stored_key = scram::sha256(scram::hmac(salted, "Client Key")),
          .server_key = scram::hmac(salted, "Server Key")};
}

}  // namespace mail

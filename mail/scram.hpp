// SCRAM-SHA-256 (RFC 5802, RFC 7677): its keys, its messages and both ends with a nonce of the
// caller's choice. sasl.hpp is the public door; this is for the room and its tests.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mail/sasl.hpp"

namespace mail::scram {

std::string sha256(std::string_view octets);
std::string hmac(std::string_view key, std::string_view octets);
/// Hi() of RFC 5802 §2.2.
std::string salted_password(std::string_view password, std::string_view salt, unsigned iterations);
/// Both of the same length.
std::string exclusive_or(std::string_view a, std::string_view b);
/// In constant time.
bool same(std::string_view a, std::string_view b);
/// 144 random bits, printable and without commas.
std::string make_nonce();

/// Takes "X=value" and the comma behind it from the front; nullopt when the next attribute is
/// another.
std::optional<std::string_view> take_attribute(std::string_view& message, char name);

/// saslname of RFC 5802 §5.1: "," and "=" as "=2C" and "=3D".
std::string escape_name(std::string_view name);
std::optional<std::string> unescape_name(std::string_view text);

/// The value of the channel binding `name`; "" when the connection has none.
const std::string& binding_value(const ChannelBindings& bindings, std::string_view name);
bool has_bindings(const ChannelBindings& bindings);

enum class Binding { kNone, kRequired };  ///< SCRAM-SHA-256, SCRAM-SHA-256-PLUS

std::unique_ptr<SaslServer> make_server(Binding binding, ChannelBindings bindings, std::string seed,
                                        std::string nonce);

struct ClientSettings {
  std::string user, password;
  Binding binding = Binding::kNone;
  ChannelBindings bindings;
  std::string nonce;
};
std::unique_ptr<SaslClient> make_client(ClientSettings settings);

}  // namespace mail::scram

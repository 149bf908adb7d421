// SASL, both ends, as pure exchanges: PLAIN (RFC 4616), LOGIN, SCRAM-SHA-256 and SCRAM-SHA-256-PLUS
// (RFC 5802, RFC 7677, RFC 9266). The server asks for look-ups by returning them as steps, so it
// touches no store.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mail {

/// Channel bindings of the connection; empty strings on a plain one.
struct ChannelBindings {
  std::string tls_exporter;
  std::string tls_server_end_point;
};

/// Keys of RFC 5802 as a store keeps them.
struct ScramCredentials {
  std::string salt;
  unsigned iterations = 0;
  std::string stored_key;
  std::string server_key;
};

/// What new credentials should use, and what an exchange for an unknown user pretends to.
inline constexpr unsigned kScramIterations = 10'000;

/// Derives them; `password` is prepared by SASLprep's subset (NFKC) first.
ScramCredentials derive_scram(std::string_view password, std::string_view salt,
                              unsigned iterations);

struct SaslChallenge {
  std::string data;
};  ///< send, base64 is the protocol's matter
struct SaslCheckPassword {
  std::string user, password;
};  ///< answer with `password_checked`
struct SaslNeedKeys {
  std::string user;
};  ///< answer with `keys_found`
struct SaslSuccess {
  std::string user;
  std::string data;
};  ///< `data`: additional data with success, may be ""
struct SaslFailure {
  bool malformed = false;
};  ///< malformed: 501 / BAD rather than 535 / NO
using SaslStep =
    std::variant<SaslChallenge, SaslCheckPassword, SaslNeedKeys, SaslSuccess, SaslFailure>;

class SaslServer {
 public:
  virtual ~SaslServer() = default;
  /// The client's response, decoded. The first one is the initial response; when there was none it
  /// is the answer to an empty challenge, or "" where the server speaks first.
  virtual SaslStep respond(std::string_view response) = 0;
  virtual SaslStep password_checked(bool good);
  /// nullopt: no such user; the exchange goes on with invented keys so that nobody can probe for
  /// names.
  virtual SaslStep keys_found(std::optional<ScramCredentials> keys);
  virtual bool client_speaks_first() const { return true; }
};

/// nullptr for an unknown mechanism, and for PLUS without bindings. `seed` keys the invented salts.
std::unique_ptr<SaslServer> make_sasl_server(std::string_view mechanism,
                                             const ChannelBindings& bindings,
                                             std::string_view seed);
/// What to announce: PLAIN and LOGIN only when `plaintext_allowed`.
std::vector<std::string> sasl_mechanisms(const ChannelBindings& bindings, bool plaintext_allowed);

class SaslClient {
 public:
  virtual ~SaslClient() = default;
  virtual std::string mechanism() const = 0;
  virtual std::optional<std::string> initial_response() = 0;
  /// The answer to a challenge, or nullopt when the server can't prove itself or speaks nonsense:
  /// abort.
  virtual std::optional<std::string> respond(std::string_view challenge) = 0;
  /// False until the server proved itself, where the mechanism has that.
  virtual bool server_proved() const = 0;
};

/// The strongest of the `offered` mechanisms; nullptr if none is ours.
std::unique_ptr<SaslClient> make_sasl_client(const std::vector<std::string>& offered,
                                             std::string user, std::string password,
                                             const ChannelBindings& bindings);

}  // namespace mail

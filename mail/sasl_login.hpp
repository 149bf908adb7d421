// A client's login in the lines that SMTP's AUTH (RFC 4954) and IMAP's AUTHENTICATE (RFC 9051
// §6.2.2) share: base 64, "=" for an empty initial response, "*" to give up. The mechanism is the
// strongest that both ends have; the password is never offered to a wire that others can read.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/sasl.hpp"

namespace mail {

struct Login {
  std::string user;
  std::string password;
};

/// PLAIN and LOGIN show the password to the wire: without TLS only where that wire is this
/// machine's own.
enum class PlainLogin { kRefused, kAllowed };

class SaslLogin {
 public:
  /// nullopt when none of the `offered` mechanisms may be used.
  static std::optional<SaslLogin> choose(std::vector<std::string> offered, const Login& login,
                                         const ChannelBindings& bindings, PlainLogin plain);

  std::string mechanism() const { return client_->mechanism(); }
  /// The initial response as a word of the command, nullopt when the server speaks first.
  std::optional<std::string> initial_response();
  /// The initial response does not go with the command: it answers the first, empty, challenge.
  void hold_initial_response(std::string response) { held_ = std::move(response); }
  /// The line that answers a challenge; "*" when the server can't be trusted or speaks nonsense.
  std::string answer(std::string_view challenge);
  bool gave_up() const { return gave_up_; }
  /// False when the server said yes without the proof its mechanism asks of it.
  bool server_proved() const { return client_->server_proved(); }

 private:
  explicit SaslLogin(std::unique_ptr<SaslClient> client) : client_(std::move(client)) {}

  std::unique_ptr<SaslClient> client_;
  std::optional<std::string> held_;
  bool gave_up_ = false;
};

}  // namespace mail

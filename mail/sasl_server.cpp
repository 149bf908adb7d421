#include "mail/ascii.hpp"
#include "mail/sasl.hpp"
#include "mail/scram.hpp"

namespace mail {
namespace {

const SaslFailure kMalformed{.malformed = true};
const SaslFailure kRefused{.malformed = false};

// message = [authzid] NUL authcid NUL passwd                                       RFC 4616 §2
class PlainServer : public SaslServer {
 public:
  SaslStep respond(std::string_view response) override {
    const auto first = response.find('\0');
    const auto second = first == response.npos ? first : response.find('\0', first + 1);
    if (second == response.npos || response.find('\0', second + 1) != response.npos)
      return kMalformed;
    const auto authorization = response.substr(0, first);
    user_ = response.substr(first + 1, second - first - 1);
    const std::string password(response.substr(second + 1));
    if (user_.empty() || password.empty()) return kMalformed;
    if (!authorization.empty() && authorization != user_) return kRefused;
    return SaslCheckPassword{user_, password};
  }

  SaslStep password_checked(bool good) override {
    if (!good || user_.empty()) return kRefused;
    return SaslSuccess{user_, ""};
  }

 private:
  std::string user_;
};

// "Username:", then "Password:": never standardised, draft-murchison-sasl-login-00.
class LoginServer : public SaslServer {
 public:
  bool client_speaks_first() const override { return false; }

  SaslStep respond(std::string_view response) override {
    if (response.find('\0') != response.npos) return kMalformed;
    if (!asked_ && response.empty()) {
      asked_ = true;
      return SaslChallenge{"Username:"};
    }
    asked_ = true;
    if (response.empty()) return kMalformed;
    if (user_.empty()) {
      user_ = response;
      return SaslChallenge{"Password:"};
    }
    return SaslCheckPassword{user_, std::string(response)};
  }

  SaslStep password_checked(bool good) override {
    if (!good) return kRefused;
    return SaslSuccess{user_, ""};
  }

 private:
  bool asked_ = false;
  std::string user_;
};

}  // namespace

SaslStep SaslServer::password_checked(bool) { return kMalformed; }
SaslStep SaslServer::keys_found(std::optional<ScramCredentials>) { return kMalformed; }

std::unique_ptr<SaslServer> make_sasl_server(std::string_view mechanism,
                                             const ChannelBindings& bindings,
                                             std::string_view seed) {
  if (same_ignoring_case(mechanism, "PLAIN")) return std::make_unique<PlainServer>();
  if (same_ignoring_case(mechanism, "LOGIN")) return std::make_unique<LoginServer>();
  const bool plus = same_ignoring_case(mechanism, "SCRAM-SHA-256-PLUS");
  if (plus && !scram::has_bindings(bindings)) return nullptr;
  if (!plus && !same_ignoring_case(mechanism, "SCRAM-SHA-256")) return nullptr;
  return scram::make_server(plus ? scram::Binding::kRequired : scram::Binding::kNone, bindings,
                            std::string(seed), scram::make_nonce());
}

std::vector<std::string> sasl_mechanisms(const ChannelBindings& bindings, bool plaintext_allowed) {
  std::vector<std::string> mechanisms;
  if (scram::has_bindings(bindings)) mechanisms.emplace_back("SCRAM-SHA-256-PLUS");
  mechanisms.emplace_back("SCRAM-SHA-256");
  if (plaintext_allowed) mechanisms.insert(mechanisms.end(), {"PLAIN", "LOGIN"});
  return mechanisms;
}

}  // namespace mail

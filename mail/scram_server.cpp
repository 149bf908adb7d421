#include <fmt/format.h>

#include "mail/base64.hpp"
#include "mail/scram.hpp"

namespace mail::scram {
namespace {

const SaslFailure kMalformed{.malformed = true};
const SaslFailure kRefused{.malformed = false};

/// What the client's first message says.
struct First {
  std::string header;   ///< gs2-header, which the final message repeats
  std::string binding;  ///< cb-name, "" for none
  bool thinks_server_has_none = false;
  std::string authorization;
  std::string user;
  std::string nonce;
  std::string bare;
};

// gs2-header = ("p=" cb-name / "n" / "y") "," ["a=" saslname] ","
bool take_header(std::string_view& message, First& first) {
  const auto whole = message;
  if (const auto name = take_attribute(message, 'p')) {
    first.binding = *name;
  } else if (message.starts_with("n,") || message.starts_with("y,")) {
    first.thinks_server_has_none = message.front() == 'y';
    message.remove_prefix(2);
  } else {
    return false;
  }
  if (message.starts_with(',')) {
    message.remove_prefix(1);
  } else {
    const auto name = take_attribute(message, 'a');
    const auto authorization = name ? unescape_name(*name) : std::nullopt;
    if (!authorization) return false;
    first.authorization = *authorization;
  }
  first.header = whole.substr(0, whole.size() - message.size());
  return true;
}

// client-first-message = gs2-header "n=" saslname ",r=" nonce ["," extensions]
// "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
std::optional<First> parse_first(std::string_view message) {
  First first;
  if (!take_header(message, first)) return std::nullopt;
  first.bare = message;
  const auto name = take_attribute(message, 'n');
  const auto nonce = name ? take_attribute(message, 'r') : std::nullopt;
  const auto user = name ? unescape_name(*name) : std::nullopt;
  if (!nonce || nonce->empty() || !user) return std::nullopt;
  first.user = *user;
  first.nonce = *nonce;
  return first;
}

/// What the client's final message says.
struct Final {
  std::string binding_input;
  std::string nonce;
  std::string proof;
  std::string without_proof;
};

// client-final-message = "c=" base64 ",r=" nonce ["," extensions] ",p=" base64
std::optional<Final> parse_final(std::string_view message) {
  const auto proof_at = message.rfind(",p=");
  if (proof_at == message.npos) return std::nullopt;
  Final final;
  final.without_proof = message.substr(0, proof_at);
  const auto proof = base64_decode(message.substr(proof_at + 3));
  const auto binding = take_attribute(message, 'c');
  const auto nonce = binding ? take_attribute(message, 'r') : std::nullopt;
  const auto binding_input = binding ? base64_decode(*binding) : std::nullopt;
  if (!proof || !nonce || !binding_input) return std::nullopt;
  final.binding_input = *binding_input;
  final.nonce = *nonce;
  final.proof = *proof;
  return final;
}

class Server : public SaslServer {
 public:
  Server(Binding binding, ChannelBindings bindings, std::string seed, std::string nonce)
      : binding_(binding),
        bindings_(std::move(bindings)),
        seed_(std::move(seed)),
        nonce_(std::move(nonce)) {}

  SaslStep respond(std::string_view response) override {
    switch (state_) {
      case State::kFirst: return take_first(response);
      case State::kFinal: return take_final(response);
      case State::kKeys:
      case State::kDone: break;
    }
    return kMalformed;
  }

  SaslStep keys_found(std::optional<ScramCredentials> keys) override {
    if (state_ != State::kKeys) return kMalformed;
    known_ = keys.has_value();
    keys_ = known_ ? *keys : invented_keys();
    nonce_ = first_.nonce + nonce_;
    server_first_ =
        fmt::format("r={},s={},i={}", nonce_, base64_encode(keys_.salt), keys_.iterations);
    state_ = State::kFinal;
    return SaslChallenge{server_first_};
  }

 private:
  enum class State { kFirst, kKeys, kFinal, kDone };

  SaslStep take_first(std::string_view response) {
    state_ = State::kDone;
    const auto first = parse_first(response);
    if (!first) return kMalformed;
    first_ = *first;
    if (!first_.authorization.empty() && first_.authorization != first_.user) return kRefused;
    if (!binding_fits()) return kRefused;
    state_ = State::kKeys;
    return SaslNeedKeys{first_.user};
  }

  bool binding_fits() const {
    if (binding_ == Binding::kRequired) return !binding_value(bindings_, first_.binding).empty();
    // "y" where PLUS was announced: somebody on the way took it out of the list (RFC 5802 §6).
    return first_.binding.empty() && !(first_.thinks_server_has_none && has_bindings(bindings_));
  }

  SaslStep take_final(std::string_view response) {
    state_ = State::kDone;
    const auto final = parse_final(response);
    if (!final) return kMalformed;
    const auto binding = first_.header + binding_value(bindings_, first_.binding);
    if (final->nonce != nonce_ || final->binding_input != binding ||
        final->proof.size() != keys_.stored_key.size())
      return kRefused;
    const auto message = first_.bare + "," + server_first_ + "," + final->without_proof;
    const auto client_key = exclusive_or(final->proof, hmac(keys_.stored_key, message));
    if (!same(sha256(client_key), keys_.stored_key) || !known_) return kRefused;
    return SaslSuccess{first_.user, "v=" + base64_encode(hmac(keys_.server_key, message))};
  }

  /// The same for a name every time, as a true user's are.
  ScramCredentials invented_keys() const {
    const auto salt = hmac(seed_, "salt " + first_.user).substr(0, 16);
    const auto key = hmac(seed_, "key " + first_.user);
    return {.salt = salt, .iterations = kScramIterations, .stored_key = key, .server_key = key};
  }

  const Binding binding_;
  const ChannelBindings bindings_;
  const std::string seed_;
  std::string nonce_;  ///< ours, then both
  State state_ = State::kFirst;
  First first_;
  std::string server_first_;
  ScramCredentials keys_;
  bool known_ = false;
};

}  // namespace

std::unique_ptr<SaslServer> make_server(Binding binding, ChannelBindings bindings, std::string seed,
                                        std::string nonce) {
  return std::make_unique<Server>(binding, std::move(bindings), std::move(seed), std::move(nonce));
}

}  // namespace mail::scram

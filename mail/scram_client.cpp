#include <fmt/format.h>

#include <charconv>

#include "mail/base64.hpp"
#include "mail/scram.hpp"

namespace mail::scram {
namespace {

// Fewer would let a false server test passwords cheaply (RFC 7677 §4), more would keep us busy.
constexpr unsigned kLeastIterations = 4096;
constexpr unsigned kMostIterations = 1'000'000;

struct ServerFirst {
  std::string nonce;
  std::string salt;
  unsigned iterations = 0;
};

// server-first-message = "r=" nonce ",s=" base64 ",i=" posit-number ["," extensions]
std::optional<ServerFirst> parse_server_first(std::string_view message) {
  const auto nonce = take_attribute(message, 'r');
  const auto salt_text = nonce ? take_attribute(message, 's') : std::nullopt;
  const auto count = salt_text ? take_attribute(message, 'i') : std::nullopt;
  const auto salt = count ? base64_decode(*salt_text) : std::nullopt;
  if (!salt || salt->empty()) return std::nullopt;
  ServerFirst first{std::string(*nonce), *salt, 0};
  const auto [end, error] =
      std::from_chars(count->data(), count->data() + count->size(), first.iterations);
  if (error != std::errc{} || end != count->data() + count->size()) return std::nullopt;
  return first;
}

class Client : public SaslClient {
 public:
  explicit Client(ClientSettings settings) : settings_(std::move(settings)) {
    bare_ = fmt::format("n={},r={}", escape_name(settings_.user), settings_.nonce);
    if (settings_.binding == Binding::kRequired) {
      const std::string name =
          settings_.bindings.tls_exporter.empty() ? "tls-server-end-point" : "tls-exporter";
      header_ = fmt::format("p={},,", name);
      binding_ = binding_value(settings_.bindings, name);
    } else {
      header_ = has_bindings(settings_.bindings) ? "y,," : "n,,";
    }
  }

  std::string mechanism() const override {
    return settings_.binding == Binding::kRequired ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256";
  }

  std::optional<std::string> initial_response() override { return header_ + bare_; }

  std::optional<std::string> respond(std::string_view challenge) override {
    if (proved_) return std::nullopt;
    return signature_.empty() ? prove(challenge) : check_server(challenge);
  }

  bool server_proved() const override { return proved_; }

 private:
  std::optional<std::string> prove(std::string_view challenge) {
    const auto first = parse_server_first(challenge);
    if (!first || !first->nonce.starts_with(settings_.nonce) ||
        first->nonce.size() == settings_.nonce.size() || first->iterations < kLeastIterations ||
        first->iterations > kMostIterations)
      return std::nullopt;
    const auto without_proof =
        fmt::format("c={},r={}", base64_encode(header_ + binding_), first->nonce);
    const auto message = fmt::format("{},{},{}", bare_, challenge, without_proof);
    const auto salted = salted_password(settings_.password, first->salt, first->iterations);
    const auto client_key = hmac(salted, "Client Key");
    const auto proof = exclusive_or(client_key, hmac(sha256(client_key), message));
    signature_ = hmac(hmac(salted, "Server Key"), message);
    return without_proof + ",p=" + base64_encode(proof);
  }

  // server-final-message = ("e=" server-error-value / "v=" base64) ["," extensions]
  std::optional<std::string> check_server(std::string_view challenge) {
    const auto verifier = take_attribute(challenge, 'v');
    const auto signature = verifier ? base64_decode(*verifier) : std::nullopt;
    if (!signature || !same(*signature, signature_)) return std::nullopt;
    proved_ = true;
    return "";
  }

  const ClientSettings settings_;
  std::string header_, binding_, bare_;
  std::string signature_;  ///< the server must show it; "" before our proof
  bool proved_ = false;
};

}  // namespace

std::unique_ptr<SaslClient> make_client(ClientSettings settings) {
  return std::make_unique<Client>(std::move(settings));
}

}  // namespace mail::scram

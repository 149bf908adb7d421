#include "mail/sasl_login.hpp"

#include <algorithm>
#include <utility>

#include "mail/ascii.hpp"
#include "mail/base64.hpp"

namespace mail {

namespace {

bool shows_password(std::string_view mechanism) {
  return same_ignoring_case(mechanism, "PLAIN") || same_ignoring_case(mechanism, "LOGIN");
}

}  // namespace

std::optional<SaslLogin> SaslLogin::choose(std::vector<std::string> offered, const Login& login,
                                           const ChannelBindings& bindings, PlainLogin plain) {
  if (plain == PlainLogin::kRefused) std::erase_if(offered, shows_password);
  auto client = make_sasl_client(offered, login.user, login.password, bindings);
  if (!client) return std::nullopt;
  return SaslLogin(std::move(client));
}

// initial-response = base64 / "="                                              RFC 4954 §8
std::optional<std::string> SaslLogin::initial_response() {
  const auto response = client_->initial_response();
  if (!response) return std::nullopt;
  return response->empty() ? "=" : base64_encode(*response);
}

std::string SaslLogin::answer(std::string_view challenge) {
  const auto decoded = base64_decode(challenge);
  if (decoded && decoded->empty() && held_) {
    std::string response = *std::exchange(held_, std::nullopt);
    return response == "=" ? "" : response;
  }
  const auto response = decoded ? client_->respond(*decoded) : std::nullopt;
  if (!response) gave_up_ = true;
  return response ? base64_encode(*response) : "*";
}

}  // namespace mail

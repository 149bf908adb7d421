#include "mail/sasl.hpp"

#include <algorithm>

#include "mail/sasl_login.hpp"
#include "tests/fuzz/targets.hpp"

namespace {

const mail::ChannelBindings kBindings{"exporter", "end point"};

// Nobody is let in who has not asked for a check: the keys and the password are others'.
void serve(std::string_view mechanism, const std::vector<std::string_view>& lines) {
  static const mail::ScramCredentials keys = mail::derive_scram("secret", "salt", 4096);
  const auto server = mail::make_sasl_server(mechanism, kBindings, "seed");
  for (const std::string_view line : lines) {
    mail::SaslStep step = server->respond(line);
    if (std::holds_alternative<mail::SaslNeedKeys>(step)) step = server->keys_found(keys);
    if (std::holds_alternative<mail::SaslCheckPassword>(step)) {
      step = server->password_checked(false);
    }
    fuzz::check(!std::holds_alternative<mail::SaslSuccess>(step));
    if (std::holds_alternative<mail::SaslFailure>(step)) return;
  }
}

void log_in(const std::string& mechanism, const std::vector<std::string_view>& lines) {
  const auto client = mail::make_sasl_client({mechanism}, "ann", "secret", kBindings);
  client->initial_response();
  for (const std::string_view line : lines) {
    if (!client->respond(line)) break;
  }
  if (mechanism.starts_with("SCRAM")) fuzz::check(!client->server_proved());
  auto login = mail::SaslLogin::choose({mechanism}, {"ann", "secret"}, kBindings,
                                       mail::PlainLogin::kAllowed);
  login->initial_response();
  for (const std::string_view line : lines) login->answer(line);
}

}  // namespace

void fuzz::sasl(std::string_view octets) {
  std::vector<std::string_view> lines;
  while (!octets.empty() && lines.size() < 8) {
    const std::size_t end = std::min(octets.find('\n'), octets.size());
    lines.push_back(octets.substr(0, end));
    octets.remove_prefix(std::min(end + 1, octets.size()));
  }
  for (const char* name : {"PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"}) {
    serve(name, lines);
    log_in(name, lines);
  }
}

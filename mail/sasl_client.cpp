#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/sasl.hpp"
#include "mail/scram.hpp"

namespace mail {
namespace {

class PlainClient : public SaslClient {
 public:
  PlainClient(std::string user, std::string password)
      : user_(std::move(user)), password_(std::move(password)) {}

  std::string mechanism() const override { return "PLAIN"; }
  std::optional<std::string> initial_response() override {
    return std::string(1, '\0') + user_ + '\0' + password_;
  }
  std::optional<std::string> respond(std::string_view) override { return std::nullopt; }
  bool server_proved() const override { return true; }

 private:
  const std::string user_, password_;
};

class LoginClient : public SaslClient {
 public:
  LoginClient(std::string user, std::string password)
      : answers_{std::move(password), std::move(user)} {}

  std::string mechanism() const override { return "LOGIN"; }
  std::optional<std::string> initial_response() override { return std::nullopt; }
  /// Whatever the server asks: its words were never agreed on, their order was.
  std::optional<std::string> respond(std::string_view) override {
    if (answers_.empty()) return std::nullopt;
    auto answer = std::move(answers_.back());
    answers_.pop_back();
    return answer;
  }
  bool server_proved() const override { return true; }

 private:
  std::vector<std::string> answers_;  ///< the next one last
};

}  // namespace

std::unique_ptr<SaslClient> make_sasl_client(const std::vector<std::string>& offered,
                                             std::string user, std::string password,
                                             const ChannelBindings& bindings) {
  const auto offers = [&](std::string_view mechanism) {
    return std::any_of(offered.begin(), offered.end(), [&](const std::string& name) {
      return same_ignoring_case(name, mechanism);
    });
  };
  const bool plus = offers("SCRAM-SHA-256-PLUS") && scram::has_bindings(bindings);
  if (plus || offers("SCRAM-SHA-256"))
    return scram::make_client(
        {.user = std::move(user),
         .password = std::move(password),
         .binding = plus ? scram::Binding::kRequired : scram::Binding::kNone,
         // "y" claims that the server has no PLUS, so it may not be said when it offers one.
         .bindings = plus || !offers("SCRAM-SHA-256-PLUS") ? bindings : ChannelBindings{},
         .nonce = scram::make_nonce()});
  if (offers("PLAIN")) return std::make_unique<PlainClient>(std::move(user), std::move(password));
  if (offers("LOGIN")) return std::make_unique<LoginClient>(std::move(user), std::move(password));
  return nullptr;
}

}  // namespace mail

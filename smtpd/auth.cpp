#include "smtpd/auth.hpp"

#include <functional>

#include "mail/base64.hpp"

namespace smtpd {

namespace {

// RFC 4954 §4.3 wants at least 12288 octets for a response.
constexpr std::size_t kMaxResponse = 16384;

Login refused(int code, std::string enhanced, std::string text) {
  return {std::nullopt, Reply(code, std::move(enhanced), std::move(text))};
}

Login bad_base64() { return refused(501, "5.5.2", "That is no base 64"); }

/// One exchange: the mechanism's server and what it still needs.
class Exchange {
 public:
  Exchange(tls::Stream& stream, const Authority& authority, std::string domain)
      : stream_(stream), authority_(authority), domain_(std::move(domain)) {}

  asio::awaitable<Login> run(mail::smtp::Auth command) {
    server_ = mail::make_sasl_server(command.mechanism, bindings_of(stream_), authority_.seed);
    if (!server_) co_return refused(504, "5.5.4", "Mechanism not known");
    std::optional<std::string> response;
    if (command.initial) {
      response = mail::base64_decode(*command.initial);
      if (!response) co_return bad_base64();
    } else if (server_->client_speaks_first()) {
      if (auto ended = co_await challenge("", response)) co_return *ended;
    } else {
      response.emplace();
    }
    mail::SaslStep step = server_->respond(*response);
    for (;;) {
      if (auto* asked = std::get_if<mail::SaslChallenge>(&step)) {
        const std::string data = asked->data;
        if (auto ended = co_await challenge(data, response)) co_return *ended;
        step = server_->respond(*response);
      } else if (auto* check = std::get_if<mail::SaslCheckPassword>(&step)) {
        const mail::SaslCheckPassword login = *check;
        step = co_await check_password(login);
      } else if (auto* need = std::get_if<mail::SaslNeedKeys>(&step)) {
        const std::string user = need->user;
        step = co_await find_keys(user);
      } else {
        break;
      }
    }
    co_return co_await conclude(std::move(step));
  }

 private:
  // "334" SP [base64] CRLF, then base64 CRLF or "*" CRLF                     RFC 4954 §4
  asio::awaitable<std::optional<Login>> challenge(std::string data,
                                                  std::optional<std::string>& response) {
    const std::string line = "334 " + mail::base64_encode(data) + "\r\n";
    co_await stream_.write(line);
    const tls::Line answer = co_await stream_.read_line(kMaxResponse);
    if (answer.status == tls::LineStatus::kTooLong) {
      co_return refused(500, "5.5.6", "That response is too long");
    }
    if (answer.bare_lf) co_return refused(500, "5.5.2", "A response ends in CRLF");
    if (answer.text == "*") co_return refused(501, "5.0.0", "Authentication given up");
    response = mail::base64_decode(answer.text);
    if (!response) co_return bad_base64();
    co_return std::nullopt;
  }

  asio::awaitable<mail::SaslStep> check_password(mail::SaslCheckPassword login) {
    const std::string user = complete_login(login.user, domain_);
    const std::function<std::optional<mailstore::AccountInfo>()> verify =
        [this, user, password = login.password] {
          return authority_.directory.verify(user, password);
        };
    account_ = co_await authority_.workers.run(std::hash<std::string>{}(user), verify);
    co_return server_->password_checked(account_.has_value());
  }

  asio::awaitable<mail::SaslStep> find_keys(std::string name) {
    const std::string user = complete_login(name, domain_);
    const std::function<std::optional<mail::ScramCredentials>()> look =
        [this, user]() -> std::optional<mail::ScramCredentials> {
      const auto keys = authority_.directory.scram_keys(user);
      if (!keys) return std::nullopt;
      return mail::ScramCredentials{keys->salt, keys->iterations, keys->stored_key,
                                    keys->server_key};
    };
    auto keys = co_await authority_.workers.run(std::hash<std::string>{}(user), look);
    co_return server_->keys_found(std::move(keys));
  }

  asio::awaitable<Login> conclude(mail::SaslStep step) {
    if (const auto* failure = std::get_if<mail::SaslFailure>(&step)) {
      if (failure->malformed) co_return refused(501, "5.5.2", "That is not of the mechanism");
      co_return refused(535, "5.7.8", "Name or password is wrong");
    }
    const auto success = std::get<mail::SaslSuccess>(step);
    // What the server has to say last goes as a challenge that is answered by an empty line
    // (RFC 4954 §4).
    if (!success.data.empty()) {
      std::optional<std::string> response;
      if (auto ended = co_await challenge(success.data, response)) co_return *ended;
    }
    if (!account_) {
      account_ = authority_.directory.find_account(complete_login(success.user, domain_));
    }
    if (!account_) co_return refused(535, "5.7.8", "Name or password is wrong");
    co_return Login{account_, {}};
  }

  tls::Stream& stream_;
  const Authority& authority_;
  const std::string domain_;
  std::unique_ptr<mail::SaslServer> server_;
  std::optional<mailstore::AccountInfo> account_;
};

}  // namespace

mail::ChannelBindings bindings_of(const tls::Stream& stream) {
  if (!stream.encrypted()) return {};
  return {stream.tls_exporter(), stream.tls_server_end_point()};
}

std::string complete_login(std::string_view name, std::string_view domain) {
  std::string login(name);
  if (name.find('@') == std::string_view::npos) login.append("@").append(domain);
  return login;
}

asio::awaitable<Login> authenticate(tls::Stream& stream, const Authority& authority,
                                    std::string domain, mail::smtp::Auth command) {
  Exchange exchange(stream, authority, std::move(domain));
  co_return co_await exchange.run(std::move(command));
}

}  // namespace smtpd

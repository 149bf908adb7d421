#include "imapd/auth.hpp"

#include <functional>
#include <utility>

#include "mail/base64.hpp"

namespace imapd {

namespace {

constexpr std::size_t kLongestResponse = 16u << 10;

// Logins of different users verify side by side.
std::uint64_t pool_key(const std::string& login) { return std::hash<std::string>()(login); }

asio::awaitable<std::optional<mail::ScramCredentials>> find_keys(Session& session,
                                                                 std::string user) {
  auto login = complete_login(session, user);
  auto look_up = [&session, login] {
    return session.service().store().directory().scram_keys(login);
  };
  auto keys = co_await session.service().pool().run(pool_key(login), look_up);
  if (!keys) co_return std::nullopt;
  co_return mail::ScramCredentials{keys->salt, keys->iterations, keys->stored_key,
                                   keys->server_key};
}

asio::awaitable<std::optional<mailstore::AccountInfo>> find_account(Session& session,
                                                                    std::string user) {
  auto login = complete_login(session, user);
  auto look_up = [&session, login] {
    return session.service().store().directory().find_account(login);
  };
  co_return co_await session.service().pool().run(pool_key(login), look_up);
}

// A client's line: base 64, or "*" to give up. nullopt for either that and for nonsense.
asio::awaitable<std::optional<std::string>> read_response(Session& session) {
  auto line = co_await session.stream().read_line(kLongestResponse);
  if (line.status == tls::LineStatus::kTooLong) co_return std::nullopt;
  co_return mail::base64_decode(line.text);
}

asio::awaitable<std::optional<std::string>> challenge(Session& session, std::string text) {
  session.out() += "+ " + mail::base64_encode(text) + "\r\n";
  co_await session.flush();
  co_return co_await read_response(session);
}

}  // namespace

std::string complete_login(const Session& session, const std::string& user) {
  if (user.find('@') != std::string::npos) return user;
  return user + "@" + session.settings().domain;
}

asio::awaitable<std::optional<mailstore::AccountInfo>> verify(Session& session, std::string user,
                                                              std::string password) {
  auto login = complete_login(session, user);
  auto check = [&session, login, password] {
    return session.service().store().directory().verify(login, password);
  };
  co_return co_await session.service().pool().run(pool_key(login), check);
}

namespace {

// Goes on with the mechanism until it ends: its look-ups answered, its challenges put to the
// client. nullopt: the client broke it off.
asio::awaitable<std::optional<mail::SaslStep>> converse(
    Session& session, mail::SaslServer& server, mail::SaslStep step,
    std::optional<mailstore::AccountInfo>& verified) {
  for (;;) {
    if (auto* asked = std::get_if<mail::SaslChallenge>(&step)) {
      auto response = co_await challenge(session, asked->data);
      if (!response) co_return std::nullopt;
      step = server.respond(*response);
    } else if (auto* login = std::get_if<mail::SaslCheckPassword>(&step)) {
      verified = co_await verify(session, login->user, login->password);
      step = server.password_checked(verified.has_value());
    } else if (auto* keys = std::get_if<mail::SaslNeedKeys>(&step)) {
      auto found = co_await find_keys(session, keys->user);
      step = server.keys_found(std::move(found));
    } else {
      co_return std::move(step);
    }
  }
}

Reply broken_off() { return bad("the exchange was broken off"); }

}  // namespace

asio::awaitable<mail::Result<mailstore::AccountInfo, Reply>> exchange(
    Session& session, mail::SaslServer& server, std::optional<std::string> initial_response) {
  auto first = std::move(initial_response);
  if (!first && server.client_speaks_first()) {
    first = co_await challenge(session, "");
    if (!first) co_return mail::unexpected(broken_off());
  }
  std::optional<mailstore::AccountInfo> account;
  auto step = server.respond(first.value_or(""));
  auto end = co_await converse(session, server, std::move(step), account);
  if (!end) co_return mail::unexpected(broken_off());
  if (auto* failure = std::get_if<mail::SaslFailure>(&*end)) {
    if (failure->malformed) co_return mail::unexpected(broken_off());
  } else {
    auto& success = std::get<mail::SaslSuccess>(*end);
    // IMAP has no data with success: the server's proof is a challenge that is answered by nothing.
    if (!success.data.empty()) {
      auto empty = co_await challenge(session, success.data);
      if (!empty) co_return mail::unexpected(broken_off());
    }
    if (!account) account = co_await find_account(session, success.user);
    if (account) co_return std::move(*account);
  }
  auto failed = co_await session.login_failed();
  co_return mail::unexpected(std::move(failed));
}

}  // namespace imapd

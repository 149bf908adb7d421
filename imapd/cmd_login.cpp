// LOGIN and AUTHENTICATE (RFC 9051 §6.2.2, §6.2.3, RFC 4959).

#include "imapd/auth.hpp"
#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "mail/base64.hpp"

namespace imapd {

namespace {

Reply privacy_required() {
  return no("PRIVACYREQUIRED", "a password is taken only over TLS: STARTTLS first");
}

// A client that has spoken on already does not wait to hear what it may say: it knows, or asks.
Reply logged_in(Session& session, mailstore::AccountInfo account) {
  session.log_in(std::move(account));
  const bool spoken_on = !session.stream().buffered().empty();
  return ok("Logged in", spoken_on ? "" : capabilities(session));
}

bool sends_password(std::string_view mechanism) {
  return mechanism == "PLAIN" || mechanism == "LOGIN";
}

// "=" stands for an empty initial response (RFC 4959 §3).
std::optional<std::string> decode_initial(const std::string& text) {
  if (text == "=") return "";
  return mail::base64_decode(text);
}

}  // namespace

asio::awaitable<Reply> cmd_login(Session& session, mail::ImapCommand command) {
  auto login = mail::parse_login(command.arguments);
  if (!login) co_return bad(login.error());
  if (!may_send_password(session)) co_return privacy_required();
  auto account = co_await verify(session, login->user, login->password);
  if (!account) co_return co_await session.login_failed();
  co_return logged_in(session, std::move(*account));
}

// UNAUTHENTICATE (RFC 8437): never NO, because the next login may be on its way already.
asio::awaitable<Reply> cmd_unauthenticate(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  session.unauthenticate();
  session.after_reply(Session::AfterReply::kStopCompression);
  co_return ok("Unauthenticated", capabilities(session));
}

asio::awaitable<Reply> cmd_authenticate(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_authenticate(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (sends_password(arguments->mechanism) && !may_send_password(session)) {
    co_return privacy_required();
  }
  const auto& stream = session.stream();
  mail::ChannelBindings bindings{stream.tls_exporter(), stream.tls_server_end_point()};
  auto server = mail::make_sasl_server(arguments->mechanism, bindings, session.service().seed());
  if (!server) co_return no("CANNOT", "this mechanism is not offered");
  std::optional<std::string> initial;
  if (arguments->initial_response) {
    initial = decode_initial(*arguments->initial_response);
    if (!initial) co_return bad("the initial response is not base 64");
  }
  auto account = co_await exchange(session, *server, std::move(initial));
  if (!account) co_return account.error();
  co_return logged_in(session, std::move(*account));
}

}  // namespace imapd

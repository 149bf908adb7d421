#include "mua/login_test.hpp"

#include <fmt/format.h>

#include <chrono>

#include "mua/connection.hpp"
#include "mua/imap_session.hpp"
#include "mua/selection.hpp"
#include "mua/submit.hpp"

namespace mua {

namespace imap = mail::imap;
using Clock = std::chrono::steady_clock;

namespace {

/// What is tried; `connection` lives from its step to that of TLS.
struct Trial {
  Account account;
  std::string password;
  std::function<void(const Tried&)> told;
  std::vector<Tried> tried{};
  std::optional<tls::Stream> connection{};

  bool failed() const { return !tried.empty() && tried.back().failure.has_value(); }
};

using Step = std::function<asio::awaitable<std::string>(Trial&, Host)>;

asio::awaitable<void> take(Trial& all, std::string name, Step step, Host host) {
  if (all.failed()) co_return;
  Tried tried;
  tried.step = std::move(name);
  const auto begin = Clock::now();
  try {
    tried.found = co_await step(all, host);
  } catch (const Failure& failure) {
    tried.failure = failure;
  } catch (const tls::StreamError& error) {
    tried.failure = explain(error, all.account, host);
  }
  const auto spent = Clock::now() - begin;
  tried.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
  if (all.told) all.told(tried);
  all.tried.push_back(std::move(tried));
}

asio::awaitable<std::string> find_addresses(Trial& all, Host host) {
  using asio::ip::tcp;
  tcp::resolver resolver(co_await asio::this_coro::executor);
  const auto [error, results] = co_await resolver.async_resolve(
      host.name, std::to_string(host.port), asio::as_tuple(asio::use_awaitable));
  if (error) {
    const tls::StreamError unknown(
        tls::StreamError::Kind::kClosed,
        fmt::format("{} has no address: {}", host.name, error.message()));
    throw explain(unknown, all.account, host);
  }
  std::string found;
  for (const auto& result : results)
    found += (found.empty() ? "" : ", ") + result.endpoint().address().to_string();
  co_return found;
}

/// TCP alone: what TLS takes is told apart.
asio::awaitable<std::string> open_connection(Trial& all, Host host) {
  Account bare = all.account;
  const bool tls = bare.security == Security::kTls;
  if (tls) bare.security = Security::kStartTls;
  tls::Stream stream = co_await connect(bare, host);
  all.connection.emplace(std::move(stream));
  std::string found = all.connection->peer().address().to_string();
  if (!tls) {
    found += ", not encrypted yet";
    co_await all.connection->close();
    all.connection.reset();
  }
  co_return found;
}

asio::awaitable<std::string> agree_on_tls(Trial& all, Host host) {
  co_await encrypt(*all.connection, all.account, host);
  std::string found = all.connection->cipher();
  co_await all.connection->close();
  all.connection.reset();
  co_return found;
}

asio::awaitable<std::string> read_mail(Trial& all, Host) {
  ImapSession session(all.account, all.password);
  co_await session.open();
  std::string found;
  for (const char* extension : {"QRESYNC", "CONDSTORE", "IDLE", "COMPRESS=DEFLATE", "PARTIAL"}) {
    if (session.client().has(extension)) found += std::string(", ") + extension;
  }
  const Selection inbox = co_await select(session, "INBOX", imap::Access::kReadOnly);
  co_await session.close();
  co_return fmt::format("{} messages in INBOX{}", inbox.exists, found);
}

asio::awaitable<std::string> send_mail(Trial& all, Host) {
  const std::string found = "takes mail of " + all.account.address;
  co_await try_submission(all.account, all.password);
  co_return found;
}

struct Server {
  std::string protocol;
  Host host;
  Step login;
};

asio::awaitable<void> try_server(Trial& all, Server server) {
  const Step addresses = find_addresses, connection = open_connection, tls = agree_on_tls;
  co_await take(all, server.protocol + " address", addresses, server.host);
  co_await take(all, server.protocol + " connection", connection, server.host);
  if (all.account.security == Security::kTls)
    co_await take(all, server.protocol + " TLS", tls, server.host);
  co_await take(all, server.protocol + " login", server.login, server.host);
  all.connection.reset();
}

}  // namespace

asio::awaitable<std::vector<Tried>> test_login(Account account, std::string password,
                                               std::function<void(const Tried&)> told) {
  Trial reading{account, password, told};
  Server imap{"IMAP", account.imap, read_mail};
  co_await try_server(reading, std::move(imap));
  Trial sending{for_submission(account), password, told};
  Server smtp{"SMTP", account.smtp, send_mail};
  co_await try_server(sending, std::move(smtp));
  std::vector<Tried> all = std::move(reading.tried);
  for (Tried& tried : sending.tried) all.push_back(std::move(tried));
  co_return all;
}

std::string text_of(const Tried& tried) {
  std::string text = fmt::format("  {:<6} {:>6} ms  {:<18} {}\n", tried.failure ? "FAILED" : "ok",
                                 tried.milliseconds, tried.step,
                                 tried.failure ? tried.failure->what() : tried.found);
  if (tried.failure && !tried.failure->advice.empty())
    text += fmt::format("  {:>16}  {:<18} {}\n", "", "", tried.failure->advice);
  return text;
}

const Failure* failure_of(const std::vector<Tried>& all) {
  for (const Tried& tried : all) {
    if (tried.failure) return &*tried.failure;
  }
  return nullptr;
}

}  // namespace mua

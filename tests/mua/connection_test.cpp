#include "mua/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mua/known_certificates.hpp"
#include "tests/mua/result_of.hpp"
#include "tests/mua/trial.hpp"
#include "tests/temporary_folder.hpp"
#include "tls/certificate_error.hpp"

namespace mua {
namespace {

using Kind = tls::StreamError::Kind;
using testing::HasSubstr;

asio::awaitable<void> greet_encrypted(asio::ip::tcp::acceptor& acceptor, tls::SslCtx context) {
  tls::Stream stream(co_await acceptor.async_accept(asio::use_awaitable));
  stream.set_timeout(tls::Seconds(10));
  try {
    co_await stream.handshake_server(std::move(context));
  } catch (const tls::StreamError&) {
    co_return;  // the client did not trust us
  }
  co_await stream.write("hello\r\n");
  co_await stream.close();
}

asio::awaitable<std::string> first_line(Account account) {
  tls::Stream stream = co_await connect(account, account.imap);
  const mail::ChannelBindings bindings = bindings_of(stream);
  const tls::Line line = co_await stream.read_line(100);
  co_await stream.close();
  const bool bound = !bindings.tls_exporter.empty() && !bindings.tls_server_end_point.empty();
  co_return (bound ? "bound " : "plain ") + line.text;
}

/// A TLS server with a certificate of its own CA for 127.0.0.1.
class ConnectionTls : public testing::Test {
 protected:
  ConnectionTls() {
    tls::make_certificates(trial_.folder(), {"127.0.0.1"});
    account_ = loopback_account(acceptor_.local_endpoint().port(), 1);
    account_.security = Security::kTls;
  }

  std::string line() {
    tls::SslCtx context =
        tls::ServerContext(trial_.folder() / "cert.pem", trial_.folder() / "key.pem", {}).current();
    asio::co_spawn(io_, greet_encrypted(acceptor_, std::move(context)), asio::detached);
    return result_of(io_, first_line(account_));
  }

  Trial trial_;
  Account account_;
  asio::io_context io_{1};
  asio::ip::tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
};

TEST_F(ConnectionTls, IsBoundToTheServerItTrusts) {
  account_.ca = trial_.folder() / "ca.pem";
  EXPECT_EQ(line(), "bound hello");
}

TEST_F(ConnectionTls, RefusesAServerOfAnUnknownCa) {
  try {
    ADD_FAILURE() << line();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code, ExitCode::kConnection);
    EXPECT_THAT(failure.advice, HasSubstr("mua setup --ca"));
  }
}

TEST(Connection, IsPlainOnLoopbackWhenTheAccountSaysSo) {
  const ScriptedServer server({"S: hello\n"});
  EXPECT_EQ(result_of(first_line(loopback_account(server.port(), 1))), "plain hello");
}

TEST(Connection, SaysThatNobodyListens) {
  std::uint16_t port = 0;
  {
    const ScriptedServer gone({});
    port = gone.port();
  }
  const Failure failure = failure_of(first_line(loopback_account(port, 1)));
  EXPECT_EQ(failure.code, ExitCode::kConnection);
  EXPECT_EQ(failure.what(),
            "cannot connect to 127.0.0.1:" + std::to_string(port) + ": Connection refused")
      << "the server is named once";
  EXPECT_THAT(failure.advice, HasSubstr("Is the server running"));
}

TEST(Connection, KnowsAPlainServerOnTheWrongPort) {
  std::string silent;
  for (int line = 0; line < 40; ++line) silent += "C: ...\n";  // whatever a ClientHello is as lines
  const ScriptedServer server({"S: * OK ready\n" + silent});
  Account account = loopback_account(server.port(), 1);
  account.security = Security::kTls;
  const Failure failure = failure_of(first_line(account));
  EXPECT_EQ(failure.code, ExitCode::kConnection);
  EXPECT_THAT(failure.advice, HasSubstr("--security starttls"));
}

TEST(Connection, SaysThatTheCaIsMissing) {
  const ScriptedServer server({});
  Account account = loopback_account(server.port(), 1);
  account.security = Security::kTls;
  account.ca = "/nowhere/ca.pem";
  const Failure failure = failure_of(first_line(account));
  EXPECT_EQ(failure.code, ExitCode::kConnection);
  EXPECT_THAT(failure.what(), HasSubstr("/nowhere/ca.pem"));
}

TEST(Connection, GivesTheAdviceThatHelps) {
  Account account = loopback_account(1, 2);
  const tls::StreamError silent(Kind::kTimeout, "timed out");
  EXPECT_THAT(explain(silent, account, account.imap).advice, HasSubstr("--security tls"));
  EXPECT_STREQ(explain(silent, account, account.smtp).what(), "127.0.0.1:2: timed out");
}

TEST(Connection, ExplainsACertificateThatIsNotAccepted) {
  tests::TemporaryFolder folder;
  Account account = loopback_account(1, 2);
  account.settings = folder / "mua.toml";
  const tls::CertificateError error(
      "self-signed certificate",
      {"evil.test", "Nobody", "2026-01-01", "2027-01-01", "ab01" + std::string(60, '0')});
  const Failure first = explain(error, account, account.imap);
  EXPECT_EQ(first.code, ExitCode::kConnection);
  EXPECT_THAT(first.what(), HasSubstr("not accepted: self-signed certificate"));
  EXPECT_THAT(first.advice, HasSubstr("Expected was a certificate for 127.0.0.1"));
  EXPECT_THAT(first.advice,
              HasSubstr("one of the system's CAs. Came one for evil.test, signed by "
                        "Nobody, valid from 2026-01-01 to 2027-01-01, SHA-256 ab:01:"));
  EXPECT_THAT(first.advice, testing::Not(HasSubstr("another than")));
  EXPECT_THAT(first.advice, HasSubstr("mua setup --ca FILE"));
  KnownCertificates(account).keep(account.imap, std::string(32, '\xcd'));
  account.ca = "/etc/own.pem";
  const Failure changed = explain(error, account, account.imap);
  EXPECT_THAT(changed.advice, HasSubstr("signed by the CA in /etc/own.pem"));
  EXPECT_THAT(changed.advice, HasSubstr("It is another than that of 20"));
  EXPECT_THAT(changed.advice, HasSubstr("cd:cd:cd"));
}

}  // namespace
}  // namespace mua

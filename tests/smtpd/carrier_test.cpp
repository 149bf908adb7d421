#include "smtpd/carrier.hpp"

#include <gtest/gtest.h>

#include "tests/smtpd/mail_domain.hpp"
#include "tests/smtpd/scripted_server.hpp"

namespace smtpd {
namespace {

using Security = mail::smtp::ClientOptions::Security;

mail::smtp::OutgoingMessage message() {
  mail::smtp::OutgoingMessage out;
  out.sender = {"alice", "example.test"};
  out.recipients = {{{"bob", "other.test"}, "", ""}};
  out.content = "Subject: x\r\n\r\n.\r\n";
  return out;
}

tls::SslCtx trusting() {
  tls::SslCtx context = tls::client_context();
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  return context;
}

asio::awaitable<void> carry_times(Carrier& carrier, int times, std::string& reply) {
  for (int i = 0; i < times; ++i) co_await carrier.carry(message());
  reply = to_line(carrier.client().outcomes().at(0).reply);
  co_await carrier.quit();
}

/// Carries it `times` times over one Carrier and gives the last reply.
std::string carry(CarrierOptions options, std::uint16_t port, int times = 1) {
  asio::io_context io;
  Carrier carrier(std::move(options), "127.0.0.1", port);
  std::string reply;
  asio::co_spawn(io, carry_times(carrier, times, reply), asio::detached);
  io.run();
  return reply;
}

TEST(Carrier, SeveralMessagesOverOneConnection) {
  ScriptedServer server(accept_all);
  EXPECT_EQ(
      carry({"mail.example.test", Security::kNone, nullptr, tls::Seconds(5)}, server.port(), 3),
      "250 2.0.0 fine");
  EXPECT_EQ(server.count("EHLO mail.example.test"), 1);
  EXPECT_EQ(server.count("MAIL FROM:<alice@example.test>"), 3);
  EXPECT_TRUE(eventually([&] { return server.count("QUIT") == 1; }));
}

TEST(Carrier, TlsWhereItIsOffered) {
  MailDomain other("other.test");
  other.add_user("bob", "secret");
  EXPECT_TRUE(carry({"mail.example.test", Security::kIfOffered, trusting(), tls::Seconds(5)},
                    other.port("mx"))
                  .starts_with("250 2.0.0"));
  EXPECT_NE(other.wait_for_message("bob", 1).find("with ESMTPS (TLSv1.3"), std::string::npos);
}

TEST(Carrier, WithoutTlsWhereItFails) {
  MailDomain other("other.test");
  other.add_user("bob", "secret");
  // A verifying context refuses the other side's certificate, which is as good as any failure.
  EXPECT_TRUE(
      carry({"mail.example.test", Security::kIfOffered, tls::client_context(), tls::Seconds(5)},
            other.port("mx"))
          .starts_with("250 2.0.0"));
  EXPECT_NE(other.wait_for_message("bob", 1).find("with ESMTP\r\n"), std::string::npos);
}

TEST(Carrier, DemandedTlsIsNotGivenUp) {
  MailDomain other("other.test");
  other.add_user("bob", "secret");
  const std::string reply =
      carry({"mail.example.test", Security::kRequired, tls::client_context(), tls::Seconds(5)},
            other.port("mx"));
  EXPECT_TRUE(reply.starts_with("4")) << reply;
  EXPECT_TRUE(other.inbox("bob").empty());
}

TEST(Carrier, NobodyThere) {
  const std::string reply =
      carry({"mail.example.test", Security::kNone, nullptr, tls::Seconds(5)}, 1);
  EXPECT_TRUE(reply.starts_with("4")) << reply;
}

}  // namespace
}  // namespace smtpd

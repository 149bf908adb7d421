#include "tls/certificate_error.hpp"

#include <gtest/gtest.h>

#include "tests/temporary_folder.hpp"

namespace tls {
namespace {

asio::awaitable<void> serve(asio::ip::tcp::acceptor& acceptor, SslCtx context) {
  Stream stream(co_await acceptor.async_accept(asio::use_awaitable));
  stream.set_timeout(Seconds(10));
  try {
    co_await stream.handshake_server(std::move(context));
  } catch (const StreamError&) {
    // The client did not trust us.
  }
}

asio::awaitable<PresentedCertificate> refuse(std::uint16_t port) {
  Stream stream = co_await connect("127.0.0.1", port, Seconds(10));
  stream.set_timeout(Seconds(10));
  PresentedCertificate came;
  try {
    co_await stream.handshake_client(client_context(), "mail.x.test");
  } catch (const CertificateError& error) {
    EXPECT_FALSE(error.reason.empty());
    EXPECT_EQ(error.kind, StreamError::Kind::kTls);
    came = error.certificate;
  }
  co_return came;
}

TEST(CertificateErrorTest, SaysWhatCame) {
  tests::TemporaryFolder folder;
  make_certificates(folder.path(), {"mail.x.test", "x.test"});
  const ServerContext context(folder / "cert.pem", folder / "key.pem", {});
  asio::io_context io(1);
  asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  asio::co_spawn(io, serve(acceptor, context.current()), asio::detached);
  PresentedCertificate came;
  asio::co_spawn(io, refuse(acceptor.local_endpoint().port()),
                 [&](std::exception_ptr error, PresentedCertificate presented) {
                   EXPECT_FALSE(error);
                   came = std::move(presented);
                 });
  io.run();
  EXPECT_EQ(came.names, "mail.x.test, x.test");
  EXPECT_FALSE(came.issuer.empty());
  EXPECT_EQ(came.sha256.size(), 64u);
  EXPECT_EQ(came.from.size(), 10u);
  EXPECT_LT(came.from, came.until);
}

}  // namespace
}  // namespace tls

#include "mua/welcome/https_get.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/temporary_folder.hpp"
#include "tls/context.hpp"
#include "tls/stream.hpp"

namespace mua::welcome {
namespace {

TEST(HttpsGet, TakesHttpsAddressesAlone) {
  const auto url = parse_url("https://a.test:8443/x?y=z");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "a.test");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/x?y=z");
  EXPECT_EQ(parse_url("https://a.test")->target, "/");
  EXPECT_EQ(parse_url("https://a.test?q")->target, "/?q");
  for (const char* text : {"http://a.test/", "ftp://a", "https://", "https://a:0/", "https://a:x/",
                           "https://user@a/", "https://a/ b", "https://a/\r\nX: y"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
  EXPECT_EQ(escaped("a+b@x.test"), "a%2Bb%40x.test");
}

/// Answers each connection with the next of `answers`.
class HttpsServer : public testing::Test {
 protected:
  HttpsServer() {
    tls::make_certificates(folder_.path(), {"localhost"});
    before_ = std::getenv("SSL_CERT_FILE") ? std::getenv("SSL_CERT_FILE") : "";
    setenv("SSL_CERT_FILE", (folder_ / "ca.pem").c_str(), 1);
  }
  ~HttpsServer() override {
    if (before_.empty())
      unsetenv("SSL_CERT_FILE");
    else
      setenv("SSL_CERT_FILE", before_.c_str(), 1);
  }

  static asio::awaitable<void> serve(asio::ip::tcp::acceptor& acceptor, tls::SslCtx context,
                                     std::vector<std::string>& answers) {
    for (const std::string& answer : answers) {
      auto socket = co_await acceptor.async_accept(asio::use_awaitable);
      tls::Stream stream(std::move(socket));
      stream.set_timeout(tls::Seconds(5));
      try {
        co_await stream.handshake_server(context);
        while (!(co_await stream.read_line(1000)).text.empty()) {
        }
        co_await stream.write(answer);
        co_await stream.close();
      } catch (const tls::StreamError&) {
        // The client did not like the certificate.
      }
    }
  }

  mail::Result<std::string, std::string> get(const std::string& target = "/") {
    asio::io_context io(1);
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    port_ = std::to_string(acceptor.local_endpoint().port());
    for (std::string& answer : answers) {
      if (const auto at = answer.find("PORT"); at != std::string::npos)
        answer.replace(at, 4, port_);
    }
    const tls::ServerContext context(folder_ / "cert.pem", folder_ / "key.pem", {});
    asio::co_spawn(io, serve(acceptor, context.current(), answers), asio::detached);
    mail::Result<std::string, std::string> out = mail::unexpected(std::string("nothing"));
    asio::co_spawn(io, https_get("https://" + host + ":" + port_ + target),
                   [&](std::exception_ptr error, mail::Result<std::string, std::string> got) {
                     EXPECT_FALSE(error);
                     out = std::move(got);
                     io.stop();
                   });
    io.run();
    return out;
  }

  std::string host = "localhost";
  std::vector<std::string> answers;

 private:
  tests::TemporaryFolder folder_;
  std::string before_, port_;
};

TEST_F(HttpsServer, GetsTheBody) {
  answers = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"};
  EXPECT_EQ(get().value_or("?"), "hello");
  answers = {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"};
  EXPECT_EQ(get().value_or("?"), "abc");
  answers = {"HTTP/1.0 200 OK\r\n\r\nuntil the end"};
  EXPECT_EQ(get().value_or("?"), "until the end");
}

TEST_F(HttpsServer, FollowsRedirectionsToHttpsAlone) {
  answers = {
      "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: https://localhost:PORT/x\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"};
  EXPECT_EQ(get().value_or("?"), "hi");
  answers = {"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://localhost/x\r\n\r\n"};
  EXPECT_EQ(get().error(), "leads to http://localhost/x, which is no https address");
}

TEST_F(HttpsServer, SaysWhatCameInstead) {
  answers = {"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"};
  EXPECT_EQ(get().error(), "the answer is 404");
  answers = {"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n"};
  EXPECT_FALSE(get());
  answers = {"SSH-2.0-x\r\n\r\n"};
  EXPECT_FALSE(get());
}

TEST_F(HttpsServer, RefusesACertificateOfAnotherName) {
  host = "127.0.0.1";
  answers = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"};
  const auto got = get();
  ASSERT_FALSE(got);
  EXPECT_NE(got.error().find("certificate"), std::string::npos) << got.error();
}

}  // namespace
}  // namespace mua::welcome

#include <gtest/gtest.h>

#include "tests/tls/connection.hpp"

namespace tls {
namespace {

class ResumptionTest : public Connection {
 protected:
  /// Client and server shake hands; the server says something, with which its ticket comes.
  void meet(std::string session, const std::string& host = "localhost") {
    connect_again();
    ExpectedPeer peer{host};
    peer.session = std::move(session);
    run(server_->handshake_server(context_), client_->handshake_client(client_side(), peer));
    Line line;
    run(server_->write("hello\r\n"), read_line_of(*client_, 100, line));
    EXPECT_EQ(line.text, "hello");
  }

  SslCtx context_ = server_side();
};

TEST_F(ResumptionTest, ASessionIsTakenUpAgain) {
  meet("");
  EXPECT_FALSE(client_->resumed());
  const std::string session = client_->session();
  ASSERT_FALSE(session.empty());
  const std::string end_point = client_->tls_server_end_point();
  for (int again = 0; again < 2; ++again) {
    meet(session);
    EXPECT_TRUE(client_->resumed());
    EXPECT_TRUE(client_->verified());
    EXPECT_EQ(client_->tls_server_end_point(), end_point);
    EXPECT_EQ(client_->tls_exporter(), server_->tls_exporter());
  }
}

TEST_F(ResumptionTest, AServerThatForgotItIsMetAnew) {
  meet("");
  const std::string session = client_->session();
  context_ = server_side();
  meet(session);
  EXPECT_FALSE(client_->resumed());
  EXPECT_TRUE(client_->verified());
}

TEST_F(ResumptionTest, ItHoldsForTheNamesOfItsCertificateAlone) {
  meet("");
  EXPECT_THROW(meet(client_->session(), "other.test"), StreamError);
}

TEST_F(ResumptionTest, NonsenseIsNoSession) {
  meet("nonsense");
  EXPECT_FALSE(client_->resumed());
}

}  // namespace
}  // namespace tls

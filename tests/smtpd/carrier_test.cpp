#include "smtpd/carrier.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/smtpd/carrier_fixture.hpp"

namespace smtpd {
namespace {

using Spoken = mail::smtp::ClientOptions::Protocol;

class CarrierTest : public CarrierFixture {};

TEST_F(CarrierTest, SeveralMessagesOverOneConnection) {
  ScriptedServer server(accept_all);
  carry(server, 3);
  EXPECT_EQ(reply(), "250 2.0.0 fine");
  EXPECT_EQ(server.count("EHLO mail.example.test"), 1);
  EXPECT_EQ(server.count("MAIL FROM:<alice@example.test>"), 3);
  EXPECT_EQ(server.count("RSET"), 0);
  EXPECT_EQ(server.count("QUIT"), 1);
  EXPECT_EQ(tls_, "");
}

TEST_F(CarrierTest, NobodyThere) {
  carry(1);
  EXPECT_TRUE(reply().starts_with("451 4.4.1 cannot connect to 127.0.0.1:1")) << reply();
  EXPECT_EQ(failure_->stage, Stage::kConnect);
}

TEST_F(CarrierTest, ANameWithoutAddressesIsNowhere) {
  host_ = "mx.other.test";
  carry(25);
  EXPECT_TRUE(reply().starts_with("451 4.4.1")) << reply();
}

TEST_F(CarrierTest, LmtpByAUnixSocketHasAReplyForEach) {
  ScriptedServer server(
      [](const std::string& said) -> std::string {
        if (said.starts_with("LHLO")) return "250-store\n250-PIPELINING\n250 STARTTLS";
        return said == "." ? "250 2.0.0 bob has it\n452 4.2.2 carol is full" : accept_all(said);
      },
      folder_ / "lmtp");
  options_.way.protocol = Spoken::kLmtp;
  options_.way.socket = folder_ / "lmtp";
  message_.recipients.push_back({{"carol", "other.test"}, "", ""});
  message_.requiretls = true;  // delivered here, not relayed
  carry(0);
  EXPECT_EQ(reply(0), "250 2.0.0 bob has it");
  EXPECT_EQ(reply(1), "452 4.2.2 carol is full");
  EXPECT_EQ(server.count("LHLO mail.example.test"), 1);
  EXPECT_EQ(server.count("STARTTLS"), 0) << "nobody listens in on a Unix socket";
}

TEST_F(CarrierTest, LmtpByTcp) {
  ScriptedServer server([](const std::string& said) -> std::string {
    return said.starts_with("LHLO") ? "250 store" : accept_all(said);
  });
  options_.way.protocol = Spoken::kLmtp;
  carry(server);
  EXPECT_EQ(reply(), "250 2.0.0 fine");
}

TEST_F(CarrierTest, NobodyAtTheSocket) {
  options_.way.socket = folder_ / "none";
  carry(0);
  EXPECT_TRUE(reply().starts_with("451 4.4.1 cannot connect to ")) << reply();
}

TEST_F(CarrierTest, ARefusalInTheMiddleOfTheMessageIsHeard) {
  ScriptedServer server(but("DATA", kRefuseEarly));
  std::string large = "Subject: x\r\n\r\n";
  while (large.size() < (16U << 20)) large += "a line of a message that is too large for them\r\n";
  message_.content = large;
  carry(server);
  EXPECT_EQ(reply(), "552 5.3.4 Too much");
}

TEST_F(CarrierTest, WhoStopsReadingIsGivenUp) {
  lose_patience();
  ScriptedServer server(but("DATA", kDeaf));
  std::string large = "Subject: x\r\n\r\n";
  while (large.size() < (16U << 20)) large += "a line of a message that nobody reads\r\n";
  message_.content = large;
  carry(server);
  EXPECT_EQ(reply(), "451 4.4.2 waited 1 s in vain");
  EXPECT_FALSE(outcomes_[0].unknown) << "the end was not even said";
}

TEST_F(CarrierTest, AllTogetherHasABoundToo) {
  ScriptedServer server([](const std::string& said) -> std::string {
    if (said.starts_with("EHLO")) return "250 no PIPELINING";
    return said.starts_with("MAIL") ? kSilence : accept_all(said);
  });
  options_.patience.session = tls::Seconds(-9);  // ten for the recipient
  carry(server);
  EXPECT_EQ(outcomes_[0].stage, Stage::kMail);
  EXPECT_EQ(reply(), "451 4.4.2 waited 1 s in vain");
}

class CarrierLogin : public CarrierFixture {
 protected:
  CarrierLogin() {
    options_.way.login = RelayLogin{"us", folder_ / "pw"};
    options_.way.tls.level = TlsLevel::kEncrypt;
    write_password(std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

  void write_password(std::filesystem::perms mode) {
    std::ofstream(folder_ / "pw") << "secret\n";
    std::filesystem::permissions(folder_ / "pw", mode);
  }
};

TEST_F(CarrierLogin, OverTls) {
  ScriptedServer server(with_tls("AUTH PLAIN"), authority_.issue("IP:127.0.0.1"));
  carry(server);
  EXPECT_EQ(reply(), "250 2.0.0 fine");
  EXPECT_EQ(server.count("AUTH PLAIN AHVzAHNlY3JldA=="), 1);
}

TEST_F(CarrierLogin, OnThisMachineInTheClearToo) {
  options_.way.tls.level = TlsLevel::kMay;
  ScriptedServer server(but("EHLO", "250-other.test\n250 AUTH PLAIN"));
  carry(server);
  EXPECT_EQ(server.count("AUTH PLAIN AHVzAHNlY3JldA=="), 1);
}

TEST_F(CarrierLogin, RefusedRefusesNoRecipient) {
  ScriptedServer server(
      [script = with_tls("AUTH PLAIN")](const std::string& said) {
        return said.starts_with("AUTH") ? "535 5.7.8 Wrong" : script(said);
      },
      authority_.issue("IP:127.0.0.1"));
  carry(server);
  EXPECT_EQ(failure_->stage, Stage::kAuth);
  EXPECT_EQ(reply(), "535 5.7.8 Wrong");
  EXPECT_EQ(server.count("MAIL"), 0);
}

TEST_F(CarrierLogin, NeedsAPasswordThatOthersCannotRead) {
  write_password(std::filesystem::perms::all);
  ScriptedServer server(accept_all);
  carry(server);
  EXPECT_EQ(reply(), "451 4.4.1 no password to log in with there");
  EXPECT_TRUE(server.heard().empty());
}

}  // namespace
}  // namespace smtpd

// Every reply that a server may give, at every step, and what becomes of the recipient: each row is
// a dialogue.
#include <gtest/gtest.h>

#include "tests/smtpd/carrier_fixture.hpp"

namespace smtpd {
namespace {

enum class Who { kServer, kUs };
enum class Session { kOpen, kRefused };

struct Row {
  std::string
      command;  ///< at which `said` is the answer; "" is the greeting, "." the message's end
  std::string said;
  std::string outcome;  ///< as it begins
  mail::smtp::Stage stage;
  Who who = Who::kServer;
  Session session = Session::kOpen;
  bool unknown = false;
};

using Stage = mail::smtp::Stage;

std::string overlong() { return "250 " + std::string(20000, 'x'); }

std::string essay() {
  std::string lines;
  for (int i = 0; i < 600; ++i) lines += "250-and so on\n";
  return lines + "250 at last";
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {"", "554 5.7.1 Go away", "554 5.7.1 Go away", Stage::kGreeting, Who::kServer,
       Session::kRefused},
      {"", "421 4.3.2 Not now", "421 4.3.2 Not now", Stage::kGreeting, Who::kServer,
       Session::kRefused},
      {"", "450 4.3.2 Hm", "450 4.3.2 Hm", Stage::kGreeting, Who::kServer, Session::kRefused},
      {"", "SSH-2.0-OpenSSH_9.2", "451 4.4.2 not an SMTP reply", Stage::kGreeting, Who::kUs,
       Session::kRefused},
      {"", "", "451 4.4.1", Stage::kConnect, Who::kUs, Session::kRefused},
      {"", "220-a\n221 b", "451 4.4.2 reply code changed", Stage::kGreeting, Who::kUs,
       Session::kRefused},
      {"EHLO", "500 What?", "250 2.0.0 fine", Stage::kContent},
      {"EHLO", "502 5.5.1 What?", "250 2.0.0 fine", Stage::kContent},
      {"EHLO", "450 4.3.0 Hm", "450 4.3.0 Hm", Stage::kHello, Who::kServer, Session::kRefused},
      {"EHLO", "421 4.3.2 Bye", "421 4.3.2 Bye", Stage::kHello, Who::kServer, Session::kRefused},
      {"EHLO", "", "451 4.4.2", Stage::kHello, Who::kUs, Session::kRefused},
      {"EHLO", essay(), "451 4.4.2 reply has too many lines", Stage::kHello, Who::kUs,
       Session::kRefused},
      {"MAIL", "451 4.7.1 Greylisted", "451 4.7.1 Greylisted", Stage::kMail},
      {"MAIL", "550 5.1.8 Not you", "550 5.1.8 Not you", Stage::kMail},
      {"MAIL", "421 4.3.2 Bye", "421 4.3.2 Bye", Stage::kMail},
      {"MAIL", "354 Hm", "451 4.5.0 Unexpected reply: 354 Hm", Stage::kMail, Who::kUs},
      {"MAIL", "nonsense", "451 4.4.2 not an SMTP reply: nonsense", Stage::kMail, Who::kUs},
      {"MAIL", "", "451 4.4.2", Stage::kMail, Who::kUs},
      {"MAIL", overlong(), "250 2.0.0 fine", Stage::kContent},
      {"RCPT", "450 4.2.0 Greylisted", "450 4.2.0 Greylisted", Stage::kRecipient},
      {"RCPT", "550 5.1.1 Who?", "550 5.1.1 Who?", Stage::kRecipient},
      {"RCPT", "552 Full", "552 Full", Stage::kRecipient},
      {"RCPT", "251 Elsewhere now", "250 2.0.0 fine", Stage::kContent},
      {"RCPT", "421 4.3.2 Bye", "421 4.3.2 Bye", Stage::kRecipient},
      {"RCPT", "\xff\xfe", "451 4.4.2 not an SMTP reply", Stage::kRecipient, Who::kUs},
      {"RCPT", "", "451 4.4.2", Stage::kRecipient, Who::kUs},
      {"DATA", "451 4.3.0 No room", "451 4.3.0 No room", Stage::kData},
      {"DATA", "554 5.5.1 No", "554 5.5.1 No", Stage::kData},
      {"DATA", "250 Yes?", "451 4.5.0 Unexpected reply: 250 Yes?", Stage::kData, Who::kUs},
      {"DATA", "421 4.3.2 Bye", "421 4.3.2 Bye", Stage::kData},
      {"DATA", "", "451 4.4.2", Stage::kData, Who::kUs},
      {".", "451 4.3.0 No room", "451 4.3.0 No room", Stage::kContent},
      {".", "554 5.7.1 Spam", "554 5.7.1 Spam", Stage::kContent},
      {".", "421 4.3.2 Bye", "421 4.3.2 Bye", Stage::kContent},
      {".", "354 More?", "451 4.5.0 Unexpected reply: 354 More?", Stage::kContent, Who::kUs},
      {".", "nonsense", "451 4.4.2 not an SMTP reply", Stage::kContent, Who::kUs, Session::kOpen,
       true},
      {".", kHangUp, "451 4.4.2 connection closed by peer (the message may have been taken)",
       Stage::kContent, Who::kUs, Session::kOpen, true},
      {".", kReset, "451 4.4.2", Stage::kContent, Who::kUs, Session::kOpen, true},
      {"QUIT", kReset, "250 2.0.0 fine", Stage::kContent},
      {"QUIT", "500 What?", "250 2.0.0 fine", Stage::kContent},
  };
  return all;
}

class CarrierReplies : public CarrierFixture {
 protected:
  void expect(const Row& row) {
    SCOPED_TRACE("'" + row.said.substr(0, 60) + "' to '" + row.command + "'");
    ASSERT_EQ(outcomes_.size(), 1u);
    EXPECT_TRUE(reply().starts_with(row.outcome)) << reply();
    EXPECT_EQ(outcomes_[0].stage, row.stage) << name_of(outcomes_[0].stage);
    EXPECT_EQ(outcomes_[0].local, row.who == Who::kUs);
    EXPECT_EQ(failure_.has_value(), row.session == Session::kRefused);
    EXPECT_EQ(outcomes_[0].unknown, row.unknown);
  }
};

TEST_F(CarrierReplies, EachHasItsEnd) {
  for (const Row& row : rows()) {
    // DATA whose answer made nobody's a message comes in a pipeline: the dot ends it.
    ScriptedServer server(but(row.command, row.said));
    carry(server);
    expect(row);
  }
}

// The same without PIPELINING, and in chunks.
TEST_F(CarrierReplies, EachHasItsEndCommandByCommand) {
  for (const Row& row : rows()) {
    if (row.command == "EHLO") continue;
    ScriptedServer server([script = but(row.command, row.said)](const std::string& said) {
      return said.starts_with("EHLO") ? "250 other.test" : script(said);
    });
    carry(server);
    expect(row);
  }
}

TEST_F(CarrierReplies, EachHasItsEndInChunks) {
  for (const Row& row : rows()) {
    if (row.command == "EHLO" || row.command == "DATA") continue;
    const std::string command = row.command == "." ? "BDAT" : row.command;
    ScriptedServer server([script = but(command, row.said)](const std::string& said) {
      return said.starts_with("EHLO") ? "250-other.test\n250 CHUNKING" : script(said);
    });
    carry(server);
    expect(row);
  }
}

TEST_F(CarrierReplies, SilenceAndDribbleEndWithPatience) {
  lose_patience();
  std::vector<std::unique_ptr<ScriptedServer>> servers;
  for (const char* how : {kSilence, kDribble}) {
    for (const char* command : {".", "", "EHLO", "MAIL", "RCPT", "DATA"}) {
      servers.push_back(
          std::make_unique<ScriptedServer>([script = but(command, how)](const std::string& said) {
            const std::string reply = script(said);
            return reply.starts_with("250-") ? "250 no PIPELINING" : reply;
          }));
    }
  }
  carry_to_each(servers);
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    EXPECT_EQ(outcomes_[i].reply.code, 451);
    EXPECT_NE(reply(i).find("waited 1 s in vain"), std::string::npos) << i << reply(i);
    EXPECT_EQ(outcomes_[i].unknown, i % 6 == 0) << i;
  }
}

TEST_F(CarrierReplies, AConnectionThatWentStaleIsNoticed) {
  int messages = 0;
  ScriptedServer server([&messages](const std::string& said) -> std::string {
    if (said == "." && ++messages == 1) return "250 2.0.0 first\n421 4.4.2 Idle";
    return accept_all(said);
  });
  carry(server, 2);
  EXPECT_EQ(reply(), "421 4.4.2 Idle");
}

}  // namespace
}  // namespace smtpd

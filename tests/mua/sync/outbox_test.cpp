#include "mua/sync/outbox.hpp"

#include "mua/sync/actions.hpp"
#include "tests/mua/sync/store_trial.hpp"
#include "tests/mua/trial.hpp"

namespace mua::sync {
namespace {

using State = EntryState;

class OutboxTest : public StoreTrial {
 protected:
  OutboxTest() {
    Outgoing mail;
    mail.sender = "ann@x.test";
    mail.recipients = {"bob@y.test", "eve@y.test"};
    mail.content = "Subject: hi\r\nBcc: eve@y.test\r\n\r\nhello\r\n";
    mail.message_id = "<m@x.test>";
    id_ = actions.send(mail, kNow);
  }
  static asio::awaitable<void> once(Outbox& outbox) {
    const bool sent = co_await outbox.send_next();
    EXPECT_TRUE(sent);
  }
  void send(std::vector<std::string> transcripts) {
    const ScriptedServer server(std::move(transcripts));
    asio::io_context io(1);
    Outbox outbox(
        loopback_account(1, server.port()), [] { return std::string("secret"); }, store, events,
        [] { return kNow * 1000 + kUndoDelay; });
    asio::co_spawn(io, once(outbox), [&](std::exception_ptr error) {
      EXPECT_FALSE(error);
      io.stop();
    });
    io.run();
  }
  Entry entry() { return *journal.find(id_); }

  static constexpr const char* kEnvelope = "C: MAIL FROM:<ann@x.test>\nS: 250 ok\n";
  EntryId id_ = 0;
  Events events;
};

TEST_F(OutboxTest, SendsWithoutBccAndSaysSo) {
  send({smtp_session(std::string(kEnvelope) +
                     "C: RCPT TO:<bob@y.test>\nS: 250 ok\nC: RCPT TO:<eve@y.test>\nS: 250 ok\n"
                     "C: DATA\nS: 354 go\nC: Subject: hi\nC: \nC: hello\nC: .\nS: 250 taken\n")});
  EXPECT_EQ(entry().state, State::kSent);
  EXPECT_NE(journal.content(id_).find("Bcc"), std::string::npos) << "the copy has it";
}

TEST_F(OutboxTest, WhoIsRefusedStaysInTheOutbox) {
  send({smtp_session(std::string(kEnvelope) +
                     "C: RCPT TO:<bob@y.test>\nS: 250 ok\nC: RCPT TO:<eve@y.test>\nS: 550 who\n"
                     "C: DATA\nS: 354 go\nC: Subject: hi\nC: \nC: hello\nC: .\nS: 250 taken\n")});
  EXPECT_EQ(entry().state, State::kSent);
  const auto outbox = journal.outbox();
  ASSERT_EQ(outbox.size(), 2u);
  EXPECT_EQ(outbox[1].state, State::kFailed);
  EXPECT_NE(outbox[1].said.find("eve@y.test: 550"), std::string::npos) << outbox[1].said;
}

TEST_F(OutboxTest, TemporaryTroubleIsTriedAgain) {
  send({smtp_session(
      std::string(kEnvelope) +
      "C: RCPT TO:<bob@y.test>\nS: 450 later\nC: RCPT TO:<eve@y.test>\nS: 450 later\n")});
  EXPECT_EQ(entry().state, State::kWaiting);
  EXPECT_EQ(entry().not_before, kNow * 1000 + kUndoDelay + 15'000);
  EXPECT_NE(entry().said.find("450"), std::string::npos);
}

TEST_F(OutboxTest, ALineThatBreaksBeforeTheContentIsTriedAgain) {
  send(
      {"S: 220 ready\nC: EHLO [127.0.0.1]\nS: 250-hi\nS: 250 AUTH PLAIN\n"
       "C: AUTH PLAIN AGFubkB4LnRlc3QAc2VjcmV0\nS: 235 in\nC: MAIL FROM:<ann@x.test>\n"});
  EXPECT_EQ(entry().state, State::kWaiting);
}

TEST_F(OutboxTest, ALineThatBreaksAfterItIsAskedAbout) {
  send(
      {"S: 220 ready\nC: EHLO [127.0.0.1]\nS: 250-hi\nS: 250 AUTH PLAIN\n"
       "C: AUTH PLAIN AGFubkB4LnRlc3QAc2VjcmV0\nS: 235 in\nC: MAIL FROM:<ann@x.test>\nS: 250 ok\n"
       "C: RCPT TO:<bob@y.test>\nS: 250 ok\nC: RCPT TO:<eve@y.test>\nS: 250 ok\n"
       "C: DATA\nS: 354 go\nC: Subject: hi\nC: \nC: hello\nC: .\n"});
  EXPECT_EQ(entry().state, State::kAsking);
}

TEST_F(OutboxTest, ARefusedLoginIsThePersonsToMend) {
  send(
      {"S: 220 ready\nC: EHLO [127.0.0.1]\nS: 250-hi\nS: 250 AUTH PLAIN\n"
       "C: AUTH PLAIN AGFubkB4LnRlc3QAc2VjcmV0\nS: 535 no\nC: QUIT\nS: 221 bye\n"});
  EXPECT_EQ(entry().state, State::kFailed);
  EXPECT_FALSE(entry().advice.empty());
}

TEST_F(OutboxTest, BccGoesWhereverItStands) {
  const auto kept = [](const char* message) {
    const mail::PieceSource source = without_bcc(mail::source_of(message));
    const std::string octets = mail::read_whole(source);
    EXPECT_EQ(source.size, octets.size());
    return octets;
  };
  EXPECT_EQ(kept("Bcc: a@b,\r\n c@d\r\nTo: x\r\nBCC: e\r\n\r\nBcc: text\r\n"),
            "To: x\r\n\r\nBcc: text\r\n");
  EXPECT_EQ(kept("To: x\r\n\r\n"), "To: x\r\n\r\n");
}

}  // namespace
}  // namespace mua::sync

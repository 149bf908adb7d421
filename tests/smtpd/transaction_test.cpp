#include "smtpd/transaction.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

constexpr mailstore::AccountId kAliceId = 1, kBobId = 2;

Lookups lookups() {
  return {[](const mail::Address& address) {
            mailstore::Resolution found;
            found.domain_is_local = address.domain == "example.test";
            if (!found.domain_is_local) return found;
            if (address.local == "alice" || address.local == "postmaster")
              found.accounts = {kAliceId};
            if (address.local == "bob") found.accounts = {kBobId};
            if (address.local == "all") found.accounts = {kAliceId, kBobId};
            if (address.local == "out")
              found.remote = {{{"dave", "elsewhere.test"}, "out@example.test"}};
            if (address.local == "deep") found.whole = false;
            return found;
          },
          [](mailstore::AccountId account, const mail::Address& sender) {
            return account == kAliceId && sender.local == "alice";
          },
          [](const mail::Address&) { return std::nullopt; }};
}

std::shared_ptr<const Policy> policy() {
  return std::make_shared<const Policy>(
      Policy{"mail.example.test", "example.test", 1000, 3, conf::seconds(300), conf::seconds(180)});
}

Reply said(const Action& action) {
  if (auto* say = std::get_if<Say>(&action)) return say->reply;
  if (auto* data = std::get_if<ReadData>(&action)) return data->reply;
  if (auto* drop = std::get_if<DropChunk>(&action)) return drop->reply;
  if (auto* begin = std::get_if<BeginTls>(&action)) return begin->reply;
  if (auto* hang = std::get_if<Hang>(&action)) return hang->reply;
  return {};
}

class TransactionTest : public testing::Test {
 protected:
  Transaction mx{policy(), Role::kMx, lookups()};
  Transaction submission{policy(), Role::kSubmission, lookups()};
  Transaction lmtp{policy(), Role::kLmtp, lookups()};

  static int code(Transaction& transaction, std::string_view line) {
    return said(transaction.answer(line)).code;
  }
  void log_in() {
    submission.secured({Channel::Security::kTls, {"PLAIN"}});
    submission.answer("EHLO client.test");
    submission.logged_in({kAliceId, "alice@example.test", 0});
  }
};

TEST_F(TransactionTest, LmtpHasAGreetingOfItsOwn) {
  EXPECT_EQ(lmtp.greeting().lines.front(), "mail.example.test LMTP Pabal");
  EXPECT_EQ(code(lmtp, "MAIL FROM:<>"), 503);
  EXPECT_EQ(code(lmtp, "EHLO mx.test"), 500);
  EXPECT_EQ(code(lmtp, "HELO mx.test"), 500);
  EXPECT_EQ(code(mx, "LHLO mx.test"), 500);
  EXPECT_EQ(code(lmtp, "LHLO mx.test"), 250);
  EXPECT_EQ(lmtp.client_name(), "mx.test");
}

TEST_F(TransactionTest, LmtpTakesMailForHereOnlyAndRemembersEveryRcpt) {
  lmtp.answer("LHLO mx.test");
  EXPECT_EQ(code(lmtp, "DATA"), 503);
  lmtp.answer("MAIL FROM:<carol@elsewhere.test>");
  EXPECT_EQ(code(lmtp, "RCPT TO:<dave@elsewhere.test>"), 550);
  EXPECT_EQ(code(lmtp, "RCPT TO:<nobody@example.test>"), 550);
  EXPECT_EQ(code(lmtp, "DATA"), 503) << "RFC 2033 §4.2";
  EXPECT_EQ(code(lmtp, "BDAT 0 LAST"), 503);
  EXPECT_EQ(code(lmtp, "RCPT TO:<bob@example.test>"), 250);
  EXPECT_EQ(code(lmtp, "RCPT TO:<bob@example.test>"), 250);
  EXPECT_EQ(lmtp.accepted_recipients().size(), 2u);
  EXPECT_EQ(lmtp.envelope().recipients.size(), 1u);
  EXPECT_EQ(code(lmtp, "DATA"), 354);
}

TEST_F(TransactionTest, ForwardsKnowWhoForwards) {
  mx.answer("EHLO client.test");
  mx.answer("MAIL FROM:<carol@elsewhere.test>");
  EXPECT_EQ(code(mx, "RCPT TO:<out@example.test>"), 250);
  EXPECT_EQ(mx.envelope().recipients.at(0).forwarded_by, "out@example.test");
  EXPECT_EQ(mx.envelope().recipients.at(0).original, "out@example.test");
  EXPECT_EQ(code(mx, "RCPT TO:<deep@example.test>"), 550);
  EXPECT_EQ(said(mx.answer("RCPT TO:<deep@example.test>")).enhanced, "5.4.6");
}

TEST_F(TransactionTest, ForgedRewrittenAddressesAreRefusedAsSuch) {
  mx.answer("EHLO client.test");
  mx.answer("MAIL FROM:<>");
  const Reply reply = said(mx.answer("RCPT TO:<SRS0=AAAAAA=BB=elsewhere.test=eve@example.test>"));
  EXPECT_EQ(reply.code, 550);
  EXPECT_EQ(reply.enhanced, "5.7.1");
}

TEST_F(TransactionTest, NoTlsWithinAMachine) {
  lmtp.secured({Channel::Security::kMachine, {}});
  const Reply reply = said(lmtp.answer("LHLO mx.test"));
  for (const std::string& line : reply.lines)
    EXPECT_TRUE(line != "STARTTLS" && line != "REQUIRETLS");
  EXPECT_EQ(code(lmtp, "STARTTLS"), 502);
}

TEST_F(TransactionTest, GathersTheEnvelope) {
  mx.answer("EHLO client.test");
  EXPECT_EQ(code(mx, "MAIL FROM:<carol@elsewhere.test> BODY=8BITMIME RET=FULL ENVID=x"), 250);
  EXPECT_EQ(code(mx, "RCPT TO:<bob@example.test> NOTIFY=NEVER ORCPT=rfc822;b@example.test"), 250);
  EXPECT_TRUE(std::holds_alternative<ReadData>(mx.answer("DATA")));
  const mailstore::QueuedMessage envelope = mx.take_envelope();
  EXPECT_EQ(envelope.sender.to_string(), "carol@elsewhere.test");
  EXPECT_EQ(envelope.body, "8BITMIME");
  EXPECT_EQ(envelope.ret, "FULL");
  EXPECT_EQ(envelope.envid, "x");
  ASSERT_EQ(envelope.recipients.size(), 1u);
  EXPECT_EQ(envelope.recipients[0].account, kBobId);
  EXPECT_EQ(envelope.recipients[0].notify, "NEVER");
  EXPECT_EQ(envelope.recipients[0].orcpt, "rfc822;b@example.test");
  EXPECT_EQ(code(mx, "RCPT TO:<bob@example.test>"), 503) << "the transaction has ended";
}

TEST_F(TransactionTest, ReachesEverybodyOnce) {
  mx.answer("EHLO client.test");
  mx.answer("MAIL FROM:<>");
  EXPECT_EQ(code(mx, "RCPT TO:<bob@example.test>"), 250);
  EXPECT_EQ(code(mx, "RCPT TO:<all@example.test>"), 250);
  EXPECT_EQ(code(mx, "RCPT TO:<out@example.test>"), 250);
  EXPECT_EQ(code(mx, "RCPT TO:<bob@example.test>"), 452) << "counted as RCPT commands";
  const auto& recipients = mx.envelope().recipients;
  ASSERT_EQ(recipients.size(), 3u);
  EXPECT_EQ(recipients[0].account, kBobId);
  EXPECT_EQ(recipients[1].account, kAliceId);
  EXPECT_EQ(recipients[2].account, 0);
  EXPECT_EQ(recipients[2].address.to_string(), "dave@elsewhere.test");
  EXPECT_EQ(recipients[2].original, "out@example.test");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(recipients[static_cast<std::size_t>(i)].number, i);
}

TEST_F(TransactionTest, NoRelayOnPort25) {
  mx.answer("EHLO client.test");
  mx.answer("MAIL FROM:<alice@example.test>");
  EXPECT_EQ(code(mx, "RCPT TO:<dave@elsewhere.test>"), 550);
  EXPECT_TRUE(mx.envelope().recipients.empty());
}

TEST_F(TransactionTest, SubmissionNeedsTlsThenLogin) {
  submission.answer("EHLO client.test");
  EXPECT_EQ(said(submission.answer("MAIL FROM:<alice@example.test>")).lines[0],
            "Must issue a STARTTLS command first");
  EXPECT_EQ(code(submission, "AUTH PLAIN"), 530);
  submission.secured({Channel::Security::kTls, {"PLAIN"}});
  submission.answer("EHLO client.test");
  EXPECT_EQ(said(submission.answer("MAIL FROM:<alice@example.test>")).lines[0],
            "Authentication required");
  EXPECT_TRUE(std::holds_alternative<Authenticate>(submission.answer("AUTH PLAIN")));
}

TEST_F(TransactionTest, SubmissionRelaysForUsers) {
  log_in();
  EXPECT_EQ(code(submission, "MAIL FROM:<bob@example.test>"), 553);
  EXPECT_EQ(code(submission, "MAIL FROM:<alice@example.test>"), 250);
  EXPECT_EQ(code(submission, "RCPT TO:<dave@elsewhere.test>"), 250);
  EXPECT_EQ(submission.envelope().login, "alice@example.test");
  EXPECT_EQ(submission.envelope().recipients.at(0).account, 0);
}

TEST_F(TransactionTest, AUserOfThisMachineSendsAsHimself) {
  Transaction local{policy(), Role::kLocal, lookups()};
  local.secured({Channel::Security::kMachine, {}});
  local.answer("EHLO mail.example.test");
  EXPECT_EQ(code(local, "MAIL FROM:<dave@example.test>"), 550) << "nobody is known yet";
  local.known_locally({"dave", {"dave", "example.test"}, LocalUser::Rights::kHisOwn});
  const Reply refused = said(local.answer("MAIL FROM:<alice@example.test>"));
  EXPECT_EQ(to_line(refused), "550 5.7.1 dave may not send as <alice@example.test>");
  EXPECT_EQ(code(local, "STARTTLS"), 502);
  EXPECT_EQ(code(local, "AUTH PLAIN"), 502);
  EXPECT_EQ(code(local, "MAIL FROM:<>"), 250);
  EXPECT_EQ(code(local, "RSET"), 250);
  EXPECT_EQ(code(local, "MAIL FROM:<dave@example.test>"), 250);
  EXPECT_EQ(code(local, "RCPT TO:<erin@elsewhere.test>"), 250);
  EXPECT_EQ(code(local, "RCPT TO:<nobody@example.test>"), 550);
  EXPECT_EQ(local.envelope().login, "dave@example.test");
}

TEST_F(TransactionTest, HisAccountLendsHimItsAddresses) {
  Lookups known = lookups();
  known.account = [](const mail::Address& address) -> std::optional<mailstore::AccountId> {
    if (address.local == "unix-alice") return kAliceId;
    return std::nullopt;
  };
  Transaction local{policy(), Role::kLocal, known};
  local.known_locally({"unix-alice", {"unix-alice", "example.test"}, LocalUser::Rights::kHisOwn});
  local.answer("EHLO mail.example.test");
  EXPECT_EQ(code(local, "MAIL FROM:<bob@example.test>"), 550);
  EXPECT_EQ(code(local, "MAIL FROM:<alice@example.test>"), 250);
}

TEST_F(TransactionTest, TlsForgetsEverything) {
  log_in();
  submission.answer("MAIL FROM:<alice@example.test>");
  submission.secured({Channel::Security::kTls, {"PLAIN"}});
  EXPECT_FALSE(submission.authenticated());
  EXPECT_EQ(code(submission, "MAIL FROM:<alice@example.test>"), 503);
}

TEST_F(TransactionTest, ChunksHoldTheTransaction) {
  mx.answer("EHLO client.test");
  EXPECT_TRUE(std::holds_alternative<DropChunk>(mx.answer("BDAT 5")));
  mx.answer("MAIL FROM:<>");
  EXPECT_TRUE(std::holds_alternative<DropChunk>(mx.answer("BDAT 5")));
  mx.answer("RCPT TO:<bob@example.test>");
  EXPECT_TRUE(std::holds_alternative<ReadChunk>(mx.answer("BDAT 5")));
  EXPECT_TRUE(mx.in_chunks());
  EXPECT_EQ(code(mx, "RCPT TO:<bob@example.test>"), 503);
  EXPECT_EQ(code(mx, "DATA"), 503);
  EXPECT_EQ(code(mx, "MAIL FROM:<>"), 503);
  EXPECT_EQ(code(mx, "RSET"), 250);
  EXPECT_FALSE(mx.in_chunks());
}

TEST_F(TransactionTest, EveryReplyAfterEhloHasAnEnhancedCode) {
  mx.answer("EHLO client.test");
  for (const char* line :
       {"MAIL FROM:<>", "MAIL FROM:<>", "RCPT TO:<bob@example.test>", "RCPT TO:<x@example.test>",
        "RSET", "NOOP", "VRFY x", "EXPN x", "HELP", "STARTTLS", "AUTH PLAIN", "BDAT 0", "DATA",
        "NONSENSE", "MAIL", "QUIT"}) {
    const Reply reply = said(mx.answer(line));
    EXPECT_FALSE(reply.enhanced.empty()) << line;
    EXPECT_EQ(
        reply.enhanced.empty() ? '-' : reply.enhanced[0],
        reply.code == 220 || reply.code < 400 ? '2' : static_cast<char>('0' + reply.code / 100))
        << line;
  }
}

TEST_F(TransactionTest, TooManyErrorsHangUp) {
  int errors = 0;
  while (!std::holds_alternative<Hang>(mx.answer("NONSENSE"))) ++errors;
  EXPECT_EQ(errors, 99);
}

TEST_F(TransactionTest, TooManyFailedLoginsHangUp) {
  for (int i = 0; i < 9; ++i) {
    EXPECT_TRUE(std::holds_alternative<Say>(submission.login_failed(Reply(535, "5.7.8", "no"))));
  }
  EXPECT_EQ(said(submission.login_failed(Reply(535, "5.7.8", "no"))).code, 421);
}

class FullMailboxTest : public TransactionTest {
 protected:
  FullMailboxTest() {
    Lookups limited = lookups();
    limited.is_limited = [](mailstore::AccountId) { return true; };
    mx_ = std::make_unique<Transaction>(policy(), Role::kMx, limited);
    mx_->answer("EHLO client.test");
  }

  std::unique_ptr<Transaction> mx_;
};

TEST_F(FullMailboxTest, ARecipientWithLimitsIsAskedAbout) {
  mx_->answer("MAIL FROM:<carol@elsewhere.test> SIZE=900");
  const Action action = mx_->answer("RCPT TO:<alice@example.test>");
  const AskRoom* ask = std::get_if<AskRoom>(&action);
  ASSERT_NE(ask, nullptr);
  EXPECT_EQ(ask->account, kAliceId);
  EXPECT_EQ(ask->octets, 900u);
  EXPECT_EQ(ask->reply.code, 250);
  EXPECT_EQ(mx_->envelope().recipients.size(), 1u);
}

TEST_F(FullMailboxTest, WhoIsRefusedIsNotThere) {
  mx_->answer("MAIL FROM:<carol@elsewhere.test>");
  mx_->answer("RCPT TO:<alice@example.test>");
  const Reply full(452, "4.2.2", "The mailbox is full");
  EXPECT_EQ(said(mx_->refuse_recipient(full)).code, 452);
  EXPECT_TRUE(mx_->envelope().recipients.empty());
  EXPECT_TRUE(mx_->accepted_recipients().empty());
  EXPECT_EQ(code(*mx_, "DATA"), 554);
}

// The same again: the first one stays.
TEST_F(FullMailboxTest, OnlyTheLastRecipientIsTakenBack) {
  mx_->answer("MAIL FROM:<carol@elsewhere.test>");
  mx_->answer("RCPT TO:<alice@example.test>");
  mx_->answer("RCPT TO:<alice@example.test>");
  mx_->refuse_recipient(Reply(452, "4.2.2", "The mailbox is full"));
  EXPECT_EQ(mx_->envelope().recipients.size(), 1u);
  EXPECT_EQ(mx_->accepted_recipients().size(), 1u);
}

}  // namespace
}  // namespace smtpd

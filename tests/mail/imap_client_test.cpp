#include "mail/imap_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "mail/imap_fetched.hpp"
#include "mail/imap_listing.hpp"

namespace mail::imap {
namespace {

using Security = ClientOptions::Security;
using Wants = Client::Wants;
using testing::ElementsAre;

std::string show(const Event& event) {
  if (std::holds_alternative<Opened>(event)) return "opened";
  if (const auto* data = std::get_if<Data>(&event)) return "data " + data->keyword;
  if (const auto* status = std::get_if<Status>(&event)) return "said " + to_line(*status);
  if (const auto* done = std::get_if<Finished>(&event)) return "done " + to_line(done->status);
  const auto& lost = std::get<Lost>(event);
  return "lost (" + std::string(name_of(lost.stage)) + ") " + lost.reason;
}

std::string drain(Client& client) {
  std::string out;
  while (!client.output().empty()) {
    out += client.output();
    client.written();
  }
  return out;
}

/// Plays a transcript of "S: " and "C: " lines and "TLS", the server's octets `step` at a time;
/// returns the events.
std::vector<std::string> play(Client& client, const std::string& transcript, std::size_t step) {
  std::istringstream in(transcript);
  std::vector<std::string> events;
  std::string written = drain(client);
  std::string expected;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (line.starts_with("C: ")) {
      expected += line.substr(3) + "\r\n";
      continue;
    }
    EXPECT_EQ(written, expected) << "before " << line;
    written.clear();
    expected.clear();
    if (line == "TLS") {
      EXPECT_EQ(client.wants(), Wants::kTls);
      client.encrypted({});
      written += drain(client);
      continue;
    }
    const std::string octets = line.substr(3) + "\r\n";
    for (std::size_t i = 0; i < octets.size(); i += step) {
      client.feed(std::string_view(octets).substr(i, step));
      written += drain(client);
    }
    while (auto event = client.next()) events.push_back(show(*event));
  }
  EXPECT_EQ(written, expected) << "at the end";
  while (auto event = client.next()) events.push_back(show(*event));
  return events;
}

ClientOptions over_tls() {
  ClientOptions options;
  options.security = Security::kDone;
  options.login = Login{"ann", "secret"};
  return options;
}

constexpr const char* kOpening = R"(
S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN] Dovecot (Debian) ready.
C: A1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=
S: * CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS MOVE SPECIAL-USE
S: A1 OK Logged in
)";

TEST(ImapClient, OpensAsWithDovecotHoweverTheOctetsAreCut) {
  for (std::size_t step : {1u, 3u, 1000u}) {
    Client client(over_tls());
    EXPECT_THAT(play(client, kOpening, step), ElementsAre("opened"));
    EXPECT_TRUE(client.has("move"));
    EXPECT_FALSE(client.has("IDLE"));
  }
}

TEST(ImapClient, UpgradesAndAsksAgain) {
  ClientOptions options = over_tls();
  options.security = Security::kRequired;
  Client client(options);
  EXPECT_THAT(play(client, R"(
S: * OK ready
C: A1 CAPABILITY
S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=X-EVIL
S: A1 OK done
C: A2 STARTTLS
S: A2 OK begin
TLS
C: A3 CAPABILITY
S: * CAPABILITY IMAP4rev1 AUTH=PLAIN
S: A3 OK done
C: A4 AUTHENTICATE PLAIN
S: + 
C: AGFubgBzZWNyZXQ=
S: A4 OK [CAPABILITY IMAP4rev1 UIDPLUS] in
)",
                   1000),
              ElementsAre("opened"));
}

TEST(ImapClient, DropsWhatWasInjectedBeforeTheHandshake) {
  ClientOptions options = over_tls();
  options.security = Security::kRequired;
  Client client(options);
  client.feed("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n");
  drain(client);
  client.feed("A1 OK go\r\n* PREAUTH you are in\r\n* OK [ALERT] call this number\r\n");
  EXPECT_EQ(client.wants(), Wants::kTls);
  EXPECT_FALSE(client.next());
}

TEST(ImapClient, UsesLoginWhereThereIsNoMechanism) {
  Client client(over_tls());
  EXPECT_THAT(play(client, R"(
S: * OK IMAP4 server ready
C: A1 CAPABILITY
S: * CAPABILITY IMAP4 IMAP4rev1
S: A1 OK CAPABILITY completed
C: A2 LOGIN ann secret
S: A2 OK LOGIN completed
C: A3 CAPABILITY
S: * CAPABILITY IMAP4 IMAP4rev1 UIDPLUS
S: A3 OK CAPABILITY completed
)",
                   1000),
              ElementsAre("opened"));
}

TEST(ImapClient, NeverShowsThePasswordToAPlainWire) {
  ClientOptions options = over_tls();
  options.security = Security::kIfOffered;
  Client client(options);
  EXPECT_THAT(play(client, "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\n", 1000),
              ElementsAre("lost (the login) the server offers no login that is safe here"));
  options.security = Security::kRequired;
  Client required(options);
  EXPECT_THAT(play(required, "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\n", 1000),
              ElementsAre("lost (STARTTLS) the server does not offer STARTTLS"));
  Client preauth(options);
  EXPECT_THAT(
      play(preauth, "S: * PREAUTH [CAPABILITY IMAP4rev1] hi\n", 1000),
      ElementsAre("lost (STARTTLS) the server takes the connection as logged in before TLS"));
}

TEST(ImapClient, SaysHowALoginWasRefused) {
  Client client(over_tls());
  EXPECT_THAT(
      play(client, R"(
S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Gimap ready
C: A1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=
S: * NO [WEBALERT https://accounts.google.com/signin] Web login required.
S: A1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)
)",
           1000),
      ElementsAre("said NO [WEBALERT https://accounts.google.com/signin] Web login required.",
                  "lost (the login) NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"));
  EXPECT_EQ(client.wants(), Wants::kClose);
}

TEST(ImapClient, RunsRequestsInOrderAndPassesOnWhatComesUnasked) {
  Client client(over_tls());
  client.run(select("INBOX", Access::kReadWrite));
  client.run(noop());
  EXPECT_THAT(play(client, std::string(kOpening) + R"(
C: A2 SELECT INBOX
S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
S: * OK [PERMANENTFLAGS (\Answered \*)] Flags permitted.
S: * 3 EXISTS
S: A2 OK [READ-WRITE] Select completed
C: A3 NOOP
S: * 4 EXISTS
S: * 2 EXPUNGE
S: A3 OK NOOP completed.
)",
                   1),
              ElementsAre("opened", "data FLAGS",
                          "said OK [PERMANENTFLAGS (\\Answered \\*)] Flags permitted.",
                          "data EXISTS", "done OK [READ-WRITE] Select completed", "data EXISTS",
                          "data EXPUNGE", "done OK NOOP completed."));
}

TEST(ImapClient, WaitsForTheServerBeforeALiteral) {
  Client client(over_tls());
  play(client, R"(
S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi
C: A1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=
S: A1 OK [CAPABILITY IMAP4rev1] in
)",
       1000);
  client.run(append("Sent", {}, "hello"));
  EXPECT_EQ(drain(client), "A2 APPEND Sent () {5}\r\n");
  client.feed("+ go\r\n");
  EXPECT_EQ(drain(client), "hello\r\n");
  client.feed("A2 OK [APPENDUID 1 2] done\r\n");
  client.run(append("Sent", {}, "again"));
  EXPECT_EQ(drain(client), "A3 APPEND Sent () {5}\r\n");
  client.feed("A3 NO [OVERQUOTA] full\r\n");
  client.run(noop());
  EXPECT_EQ(drain(client), "A4 NOOP\r\n");
}

/// Three pieces of two octets, then nothing.
PieceSource in_pieces() {
  return {[] {
            return [left = 3]() mutable { return left-- > 0 ? std::string("ab") : std::string(); };
          },
          6};
}

TEST(ImapClient, ALiteralIsReadOnAsItIsWritten) {
  for (const char* more : {"", " LITERAL+"}) {
    Client client(over_tls());
    play(client,
         std::string("S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
                     "C: A1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=\nS: A1 OK [CAPABILITY IMAP4rev1") +
             more + "] in\n",
         1000);
    client.run(append("Sent", {}, in_pieces()));
    std::vector<std::string> pieces;
    for (int step = 0; step < 9; ++step) {
      if (client.output().empty()) client.feed("+ go\r\n");
      if (client.output().empty()) break;
      pieces.emplace_back(client.output());
      client.written();
    }
    const std::string size = *more ? "{6+}" : "{6}";
    EXPECT_THAT(pieces,
                ElementsAre("A2 APPEND Sent () " + size + "\r\n", "ab", "ab", "ab", "\r\n"));
    client.feed("A2 OK done\r\n");
    client.run(noop());
    EXPECT_EQ(drain(client), "A3 NOOP\r\n");
  }
}

TEST(ImapClient, ALiteralThatCannotBeReadEndsTheSession) {
  Client client(over_tls());
  play(client,
       "S: * OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN] hi\n"
       "C: A1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=\n"
       "S: A1 OK [CAPABILITY IMAP4rev1 LITERAL+] in\n",
       1000);
  client.run(append(
      "Sent", {},
      {[]() -> PieceReader { return []() -> std::string { throw std::runtime_error("no disk"); }; },
       6}));
  EXPECT_THROW(client.written(), std::runtime_error);
  client.lost("no disk");
  EXPECT_EQ(client.wants(), Client::Wants::kClose);
}

TEST(ImapClient, LogsOut) {
  Client client(over_tls());
  client.run(logout());
  EXPECT_THAT(play(client, std::string(kOpening) + R"(
C: A2 LOGOUT
S: * BYE logging out
S: A2 OK done
)",
                   1000),
              ElementsAre("opened", "said BYE logging out", "done OK done"));
  EXPECT_EQ(client.wants(), Wants::kClose);
}

TEST(ImapClient, AByeEndsTheSession) {
  Client client(over_tls());
  EXPECT_THAT(play(client, std::string(kOpening) + "S: * BYE [UNAVAILABLE] shutting down\n", 1000),
              ElementsAre("opened", "lost (the session) BYE [UNAVAILABLE] shutting down"));
  Client full(over_tls());
  EXPECT_THAT(play(full, "S: * BYE too many connections\n", 1000),
              ElementsAre("lost (the greeting) BYE too many connections"));
}

TEST(ImapClient, TellsWhereTheConnectionWasLost) {
  Client client(over_tls());
  client.lost("connection refused");
  EXPECT_EQ(show(*client.next()), "lost (connecting) connection refused");
  client.lost("again");
  EXPECT_FALSE(client.next());
}

TEST(ImapClient, NonsenseEndsTheSession) {
  for (const char* octets :
       {"HTTP/1.1 400 Bad\r\n", "\r\n", "A9 OK surprise\r\n", "* 3 EXISTS\r\n",
        "220 mail.example.test ESMTP\r\n", "* LIST (((\r\n", "\x16\x03\x01\n"}) {
    Client client(over_tls());
    client.feed(octets);
    EXPECT_EQ(client.wants(), Wants::kClose) << octets;
    EXPECT_TRUE(client.next()) << octets;
  }
  Client client(over_tls());
  play(client, kOpening, 1000);
  client.feed("* 1 FETCH (BODY[] {999999999999}\r\n");
  EXPECT_EQ(client.wants(), Wants::kClose);
}

TEST(ImapClient, GivesSeveralCommandsAtOnce) {
  Client client(over_tls());
  play(client, kOpening, 1000);
  client.run(noop());
  client.run(select("INBOX", Access::kReadWrite), Client::Turn::kAtOnce);
  client.run(capability());
  EXPECT_EQ(drain(client), "A2 NOOP\r\nA3 SELECT INBOX\r\n");
  client.feed("A2 OK\r\n* 3 EXISTS\r\nA3 OK done\r\n");
  EXPECT_EQ(drain(client), "A4 CAPABILITY\r\n") << "one that waits for its turn";
  std::vector<std::string> events;
  while (auto event = client.next()) events.push_back(show(*event));
  EXPECT_THAT(events, testing::Contains("data EXISTS"));
  EXPECT_EQ(events.back(), "done OK done");
}

TEST(ImapClient, WhatWaitsForThePlusIsAlone) {
  Client client(over_tls());
  client.feed("* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n");
  client.run(append("INBOX", {}, "hello"));
  client.run(noop(), Client::Turn::kAtOnce);
  EXPECT_EQ(drain(client), "A1 APPEND INBOX () {5}\r\n");
  client.feed("+ go on\r\n");
  EXPECT_EQ(drain(client), "hello\r\n");
  client.feed("A1 OK\r\n");
  EXPECT_EQ(drain(client), "A2 NOOP\r\n");
}

TEST(ImapClient, IdlesUntilItIsEnded) {
  for (const bool told : {true, false}) {
    Client client(over_tls());
    play(client, kOpening, 1000);
    client.end_idle();  // there is none
    client.run(idle());
    EXPECT_EQ(drain(client), "A2 IDLE\r\n");
    client.run(noop(), Client::Turn::kAtOnce);
    if (told) client.feed("+ idling\r\n* 4 EXISTS\r\n");
    client.end_idle();
    client.end_idle();
    if (!told) {
      EXPECT_EQ(drain(client), "") << "the server may still refuse";
      client.feed("+ idling\r\n");
    }
    EXPECT_EQ(drain(client), "DONE\r\n");
    client.feed("A2 OK\r\n");
    EXPECT_EQ(drain(client), "A3 NOOP\r\n");
  }
}

TEST(ImapClient, SurvivesWhateverAServerSends) {
  using namespace std::string_literals;
  const std::string good =
      "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\r\nA1 OK [CAPABILITY IMAP4rev1] in\r\n"
      "* 1 FETCH (UID 7 FLAGS (\\Seen) BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"a*0*\" \"x''%20\") "
      "NIL NIL \"7BIT\" 5 1)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL "
      "NIL NIL NIL NIL NIL) (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1) 1) \"MIXED\") BODY[1] "
      "{5}\r\nhello ENVELOPE (NIL {2}\r\nab ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL "
      "NIL))\r\n"
      "* ESEARCH (TAG \"A2\") UID ALL 1:9,12\r\n* LIST (\\Sent) \"/\" \"a&-b\"\r\nA2 OK done\r\n";
  const std::string noise = "(){}[]\"\\\r\n \0*+~NIL09&-"s;
  std::uint32_t state = 1;
  const auto random = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
  for (int round = 0; round < 3000; ++round) {
    std::string octets = good;
    for (std::uint32_t changes = random() % 8 + 1; changes > 0; --changes) {
      octets[random() % octets.size()] = noise[random() % noise.size()];
    }
    Client client(over_tls());
    client.run(noop());
    while (!octets.empty() && client.wants() == Wants::kInput) {
      const std::size_t step = std::min<std::size_t>(random() % 200 + 1, octets.size());
      client.feed(octets.substr(0, step));
      octets.erase(0, step);
      drain(client);
      while (auto event = client.next()) {
        const auto* data = std::get_if<Data>(&*event);
        if (data == nullptr) continue;
        read_fetch(*data);
        read_search(*data, 100);
        read_list(*data, NameForm::kModifiedUtf7);
      }
    }
  }
}

TEST(ImapClient, Imap4rev2AloneSpeaksUtf8) {
  Client client(over_tls());
  client.feed("* PREAUTH [CAPABILITY IMAP4rev2] hi\r\n");
  EXPECT_EQ(client.name_form(), NameForm::kUtf8);
  Client both(over_tls());
  both.feed("* PREAUTH [CAPABILITY IMAP4rev1 IMAP4rev2 ENABLE] hi\r\n");
  EXPECT_EQ(both.name_form(), NameForm::kModifiedUtf7);
  both.run(enable("IMAP4rev2"));
  both.feed("* ENABLED IMAP4rev2\r\nA1 OK\r\n");
  EXPECT_EQ(both.name_form(), NameForm::kUtf8);
}

TEST(ImapClient, AnswersInAnotherOrderAreToldInOurs) {
  Client client(over_tls());
  client.run(Request{}.text("NOTIFY NONE"), Client::Turn::kAtOnce);
  client.run(Request{}.text("LIST \"\" *"), Client::Turn::kAtOnce);
  EXPECT_THAT(play(client,
                   std::string(kOpening) +
                       "C: A2 NOTIFY NONE\nC: A3 LIST \"\" *\nS: * LIST () \"/\" INBOX\n"
                       "S: A3 OK listed\nS: A2 OK notified\n",
                   1000),
              ElementsAre("opened", "data LIST", "done OK notified", "done OK listed"));
}

// --- A server that was met before ---

Acquaintance known(bool proved) {
  return {"OK [CAPABILITY SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN] hello",
          {"IMAP4REV1", "COMPRESS=DEFLATE"},
          proved};
}

constexpr const char* kGreeting =
    "S: * OK [CAPABILITY SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN] hello\n";

TEST(ImapClientAcquaintance, TheFirstCommandGoesWithTheLogin) {
  for (const std::size_t step : {1u, 1000u}) {
    Client client(over_tls());
    client.know(known(true));
    client.run(Request{}.text("COMPRESS DEFLATE"), Client::Turn::kAtOnce);
    EXPECT_THAT(play(client,
                     std::string(kGreeting) +
                         "C: A1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=\nC: A2 COMPRESS DEFLATE\n"
                         "S: A1 OK in\nS: A2 OK now\n",
                     step),
                ElementsAre("opened", "done OK now"));
    EXPECT_TRUE(client.has("COMPRESS=DEFLATE"));
    EXPECT_TRUE(client.acquaintance().proved);
  }
}

TEST(ImapClientAcquaintance, ALoginThatIsRefusedIsOneStill) {
  Client client(over_tls());
  client.know(known(true));
  EXPECT_THAT(
      play(client,
           std::string(kGreeting) + "C: A1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=\nS: A1 NO wrong\n",
           1000),
      ElementsAre("opened", "lost (the login) NO wrong"));
}

TEST(ImapClientAcquaintance, AnotherGreetingIsAnotherServer) {
  Client client(over_tls());
  client.know(known(true));
  client.feed("* OK [CAPABILITY SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN] good day\r\n");
  EXPECT_THAT(drain(client), testing::StartsWith("A1 AUTHENTICATE SCRAM-SHA-256 "));
}

TEST(ImapClientAcquaintance, WithoutAProofThePasswordIsNotShown) {
  Client client(over_tls());
  client.know(known(false));
  client.feed("* OK [CAPABILITY SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN] hello\r\n");
  EXPECT_THAT(drain(client), testing::StartsWith("A1 AUTHENTICATE SCRAM-SHA-256 "));
}

}  // namespace
}  // namespace mail::imap

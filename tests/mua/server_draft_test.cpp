#include "mua/server_draft.hpp"

#include <gmock/gmock.h>

#include "mail/header.hpp"
#include "tests/mua/trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kDraft =
    "From: Ann <ann@x.test>\r\nTo: bob@x.test\r\nBcc: eve@x.test\r\nMessage-ID: <d@x.test>\r\n"
    "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\nSubject: begun\r\n\r\nhi\r\n";

std::string lines_from_server(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    out += "S: " + text.substr(at, end - at) + "\n";
    at = end + 2;
  }
  return out.substr(0, out.size() - 1);
}

/// The session up to the draft's octets.
std::string fetching(const std::string& flags, const std::string& draft = kDraft) {
  return "C: A2 SELECT Drafts\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
         "C: A3 UID FETCH 4 (UID FLAGS)\nS: * 1 FETCH (UID 4 FLAGS (" +
         flags +
         "))\nS: A3 OK\n"
         "C: A4 UID FETCH 4 (UID BODY.PEEK[]<0.1048576>)\n"
         "S: * 1 FETCH (UID 4 BODY[]<0> {" +
         std::to_string(draft.size()) + "}\n" + lines_from_server(draft) + "\nS: )\nS: A4 OK\n";
}

std::string marking(const std::string& tag, const std::string& sign) {
  return "C: " + tag + " UID STORE 4 " + sign + "FLAGS ($SubmitPending)\nS: " + tag + " OK\n";
}

const std::string kMarked = imap_session(fetching("\\Draft") + marking("A5", "+"), "A6");

const std::string kFiled = imap_session(
    "C: A2 LIST \"\" \"*\"\nS: * LIST (\\Sent) \"/\" Sent\nS: A2 OK\nC: ...\nC: ...\n"
    "C: From: Ann <ann@x.test>\nC: To: bob@x.test\nC: Bcc: eve@x.test\nC: Message-ID: <d@x.test>\n"
    "C: Subject: begun\nC: \nC: hi\nC: \nS: A3 OK [APPENDUID 9 5] kept\n",
    "A4");

const std::string kGone = imap_session(
    "C: A2 SELECT Drafts\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
    "C: A3 UID STORE 4 +FLAGS (\\Deleted)\nS: A3 OK\nC: A4 UID EXPUNGE 4\nS: A4 OK\n",
    "A5");

const std::string kUnmarked = imap_session(
    "C: A2 SELECT Drafts\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n" + marking("A3", "-"), "A4");

TEST(ServerDraft, IsSentWithoutBccAndGoes) {
  Trial trial;
  const Ended ended = trial.mua(
      {"drafts", "send", "Drafts:4", "--json"}, {kMarked, kFiled, kGone},
      {smtp_session("C: MAIL FROM:<ann@x.test>\nS: 250 ok\nC: RCPT TO:<bob@x.test>\nS: 250 ok\n"
                    "C: RCPT TO:<eve@x.test>\nS: 250 ok\nC: DATA\nS: 354 go\nC: ...\n"
                    "C: From: Ann <ann@x.test>\nC: To: bob@x.test\nC: Message-ID: <d@x.test>\n"
                    "C: Subject: begun\nC: \nC: hi\nC: .\nS: 250 taken\n")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("\"message_id\":\"<d@x.test>\""));
  EXPECT_THAT(ended.out, HasSubstr("\"sent_copy\":{\"mailbox\":\"Sent\",\"id\":\"Sent:9:5\"}"));
}

TEST(ServerDraft, WhatIsRefusedIsADraftAsBefore) {
  Trial trial;
  const Ended ended = trial.mua({"drafts", "send", "Drafts:4"}, {kMarked, kUnmarked},
                                {smtp_session("C: MAIL FROM:<ann@x.test>\nS: 550 5.7.1 no\n")});
  EXPECT_EQ(ended.code, 6);
  EXPECT_THAT(ended.err, HasSubstr("550 5.7.1 no"));
}

TEST(ServerDraft, GoesToSomebodyAndIsFromHer) {
  Trial trial;
  const std::string nobody = "From: ann@x.test\r\nSubject: x\r\n\r\nhi\r\n";
  const std::string other = "From: zoe@x.test\r\nTo: bob@x.test\r\n\r\nhi\r\n";
  for (const auto& [draft, words] : {std::pair{nobody, "goes to nobody yet"},
                                     std::pair{other, "zoe@x.test is no address of yours"}}) {
    const std::string fetched = imap_session(fetching("\\Draft", draft) + marking("A5", "+"), "A6");
    const Ended ended = trial.mua({"drafts", "send", "Drafts:4"}, {fetched, kUnmarked});
    EXPECT_NE(ended.code, 0);
    EXPECT_THAT(ended.err, HasSubstr(words));
  }
}

std::string cut_off(const std::string& found) {
  return imap_session(fetching("\\Draft $SubmitPending") +
                          "C: A5 LIST \"\" \"*\"\nS: * LIST (\\Sent) \"/\" Sent\nS: A5 OK\n"
                          "C: A6 EXAMINE Sent\nS: * OK [UIDVALIDITY 9]\nS: A6 OK\n"
                          "C: A7 UID SEARCH HEADER message-id <d@x.test>\nS: * SEARCH" +
                          found + "\nS: A7 OK\n",
                      "A8");
}

TEST(ServerDraft, WhatWasCutOffIsNotSentTwice) {
  Trial trial;
  const Ended maybe = trial.mua({"drafts", "send", "Drafts:4"}, {cut_off("")});
  EXPECT_EQ(maybe.code, 1);
  EXPECT_THAT(maybe.err, HasSubstr("Drafts:4 may have been sent"));
  EXPECT_THAT(maybe.err, HasSubstr("--again"));
  const Ended went = trial.mua({"drafts", "send", "Drafts:4", "--json"}, {cut_off(" 5"), kGone});
  EXPECT_EQ(went.code, 0) << went.err;
  EXPECT_EQ(went.out, "{\"message_id\":\"<d@x.test>\",\"sent_before\":true}\n");
}

TEST(ServerDraft, IsSentAgainWhereOneWishesSo) {
  Trial trial;
  const Ended ended = trial.mua({"drafts", "send", "Drafts:4", "--again"},
                                {imap_session(fetching("\\Draft $SubmitPending"), "A5"), kUnmarked},
                                {smtp_session("C: MAIL FROM:<ann@x.test>\nS: 450 later\n")});
  EXPECT_EQ(ended.code, 6);
}

TEST(ServerDraft, ItsHeaderSaysWhenItIsSent) {
  mail::Draft draft;
  draft.from = {"Ann", {"ann", "x.test"}};
  draft.message_id = "<n@x.test>";
  draft.date = {837596665, -420};
  EXPECT_EQ(dated_header("Date: old\r\n folded\r\nSubject: x\r\n\r\n", draft),
            "Date: Wed, 17 Jul 1996 02:44:25 -0700\r\nFrom: Ann <ann@x.test>\r\n"
            "Message-ID: <n@x.test>\r\nSubject: x\r\n\r\n");
}

}  // namespace
}  // namespace mua

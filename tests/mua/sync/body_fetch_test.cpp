#include "mua/sync/body_fetch.hpp"

#include "tests/mua/sync/talk.hpp"

namespace mua::sync {
namespace {

class BodyFetchTest : public Talk {
 protected:
  BodyFetchTest() {
    message_ = put(7);
    folders.set_sync_point(inbox, {3, 8, 0, 1});
  }
  Step text() {
    return [this](MailboxSync& mailbox) { return fetch_text(mailbox, store, message_); };
  }
  Step part(const std::string& number) {
    return [this, number](MailboxSync& mailbox) {
      return fetch_part(mailbox, store, message_, number,
                        [this](std::uint64_t n) { progress_ = n; });
    };
  }

  static constexpr const char* kSelect =
      "C: A2 SELECT INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 3] x\nS: * OK [UIDNEXT 8] x\n"
      "S: A2 OK in\n";
  MessageId message_ = 0;
  std::uint64_t progress_ = 0;
};

TEST_F(BodyFetchTest, AnAttachmentIsNotFetchedToReadALine) {
  talk(std::string(kSelect) +
           "C: A3 UID FETCH 7 (UID BODYSTRUCTURE)\n"
           "S: * 1 FETCH (UID 7 BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)"
           "(\"APPLICATION\" \"PDF\" (\"NAME\" \"a.pdf\") NIL NIL \"BASE64\" 210000) \"MIXED\"))\n"
           "S: A3 OK\nC: A4 UID FETCH 7 (UID BODY.PEEK[1])\n"
           "S: * 1 FETCH (UID 7 BODY[1] \"hello\")\nS: A4 OK\n",
       "A5", "", {text(), text()});
  EXPECT_EQ(bodies.text(message_), "hello\n");
  EXPECT_TRUE(list.row(message_)->has_attachment);
  EXPECT_FALSE(bodies.has(message_, "2"));
}

TEST_F(BodyFetchTest, APartGoesOnWhereItStopped) {
  bodies.append(message_, "2", std::string(262144, 'x'), Bodies::Piece::kMore);
  talk(std::string(kSelect) +
           "C: A3 UID FETCH 7 (UID BODY.PEEK[2]<262144.262144>)\n"
           "S: * 1 FETCH (UID 7 BODY[2]<262144> \"end\")\nS: A3 OK\n",
       "A4", "", {part("2")});
  EXPECT_EQ(progress_, 262147u);
  EXPECT_EQ(bodies.octets(message_, "2")->size(), 262147u);
}

TEST_F(BodyFetchTest, WhatIsGoneIsAFailure) {
  EXPECT_THROW(talk(std::string(kSelect) + "C: A3 UID FETCH 7 (UID BODYSTRUCTURE)\nS: A3 OK\n",
                    "A4", "", {text()}),
               Failure);
}

}  // namespace
}  // namespace mua::sync

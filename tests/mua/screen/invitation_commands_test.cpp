#include "mua/screen/invitation_commands.hpp"

#include "mail/header.hpp"
#include "tests/mua/calendar/calendars.hpp"
#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class InvitationCommands : public ClientTrial {
 protected:
  InvitationCommands() { three(); }

  /// As calendars send it: the text and the calendar are alternatives.
  void give_invitation(const std::string& calendar) {
    mail::imap::BodyPart both, text, event;
    both.type = "multipart";
    both.subtype = "alternative";
    text.number = "1";
    text.type = event.type = "text";
    text.subtype = "plain";
    event.number = "2";
    event.subtype = "calendar";
    event.parameters = {{"charset", "utf-8"}, {"method", "REQUEST"}};
    event.size = calendar.size();
    both.children = {text, event};
    bodies.keep_structure(third, both);
    bodies.append(third, "1", "You are invited.\r\n", sync::Bodies::Piece::kLast);
    bodies.append(third, "2", calendar, sync::Bodies::Piece::kLast);
  }
};

TEST_F(InvitationCommands, ACardAnsweredInTwoKeys) {
  give_invitation(calendar::kCouncil);
  const std::string picture = press("Enter");
  EXPECT_NE(picture.find("[1 part-1.ics"), std::string::npos);
  EXPECT_NE(picture.find(" ┌─ Invitation ─"), std::string::npos);
  EXPECT_NE(picture.find(" │ When:      Fri 27 Nov 2026, 14:00 to 15:30"), std::string::npos);
  EXPECT_NE(picture.find("\n You are invited.\n"), std::string::npos);
  EXPECT_NE(status_line().find("I answers the invitation"), std::string::npos);
  press("I");
  EXPECT_EQ(status_line(), " a accepts, t perhaps, d declines, Esc leaves it:");
  press("a");
  EXPECT_EQ(status_line(),
            " sending \"Accepted: Harbour council, winter\" in 10 s; u takes it back");
  ASSERT_EQ(client().outbox.size(), 1u);
  const sync::Entry entry = client().outbox[0];
  EXPECT_EQ(entry.recipients, std::vector<std::string>{"ann@x.test"});
  EXPECT_EQ(entry.answered, third);
  const std::string content = journal.content(entry.id);
  EXPECT_EQ(mail::field_value(content, "To"), "Ann Miller <ann@x.test>");
  EXPECT_EQ(mail::field_value(content, "From"), "Alice <Alice@example.test>");
  EXPECT_NE(content.find("multipart/alternative"), std::string::npos);
  EXPECT_NE(content.find("method=\"REPLY\""), std::string::npos);
  EXPECT_NE(content.find("PARTSTAT=3DACCEPTED"), std::string::npos);
  EXPECT_NE(content.find("Alice accepts \"Harbour council, winter\""), std::string::npos);
}

TEST_F(InvitationCommands, TakenBackItIsGone) {
  give_invitation(calendar::kCouncil);
  press("Enter I d u");
  EXPECT_TRUE(client().outbox.empty());
  EXPECT_FALSE(client().writing.has_value());
  EXPECT_EQ(status_line(), " taken back: send Declined: Harbour council, winter");
  EXPECT_TRUE(sync::Drafts(store).all().empty());
}

TEST_F(InvitationCommands, WhatCanNotBeAnswered) {
  give_invitation(calendar::kCancelled);
  EXPECT_NE(press("Enter").find("┌─ CANCELLED ─"), std::string::npos);
  press("I");
  EXPECT_EQ(status_line(), " it is cancelled: there is nothing to answer");
  give_text(second, "hello\r\n");
  press("j I");
  EXPECT_EQ(status_line(), " there is no invitation in this message");
}

TEST_F(InvitationCommands, AMalformedOneIsAnAttachmentWithAWord) {
  give_invitation("BEGIN:NONSENSE");
  const std::string picture = press("Enter");
  EXPECT_NE(picture.find("[1 part-1.ics"), std::string::npos);
  EXPECT_NE(picture.find(" the calendar that came with it can't be shown: it is no calendar\n"),
            std::string::npos);
  EXPECT_NE(picture.find("\n You are invited.\n"), std::string::npos);
}

TEST_F(InvitationCommands, ByName) {
  give_invitation(calendar::kCouncil);
  press("Enter");
  client().command("invitation perhaps");
  EXPECT_EQ(status_line(), " answer accept, tentative or decline");
  client().command("invitation tentative");
  EXPECT_EQ(client().outbox.at(0).label, "Tentative: Harbour council, winter");
}

}  // namespace
}  // namespace mua::screen

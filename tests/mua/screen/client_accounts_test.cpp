#include <gmock/gmock.h>

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

using testing::HasSubstr;
using testing::Not;

class ClientAccounts : public ClientTrial {
 protected:
  ClientAccounts() {
    desks = {{store, writer_of("alice@example.test")}, {carols_, writer_of("carol@other.test")}};
    hers_ = carols_folders_.require("INBOX");
    her_archive_ = carols_folders_.require("Archive");
    folders.require("Archive");
  }
  static Writer writer_of(const std::string& address) {
    Account account;
    account.address = address;
    return {account, "", {}};
  }
  sync::MessageId put_hers(std::uint32_t uid, const std::string& subject) {
    return carols_writer_.put(hers_, message(uid, subject)).value_or(0);
  }
  /// Lines from the newest: carol 4, alice 3, carol 2, alice 1.
  void mix() {
    put(1, "alice one");
    put_hers(2, "carol two");
    put(3, "alice three");
    put_hers(4, "carol four");
  }
  std::string live(std::size_t desk) {
    client().hear(sync::LinkChanged{sync::Link::kLive, "", "", 0}, desk);
    return picture();
  }
  sync::FolderId folder_of(sync::LocalStore& of, sync::MessageId id) {
    return sync::MessageList(of).row(id)->folder;
  }

  sync::LocalStore carols_{folder / "carol.db"};
  sync::Folders carols_folders_{carols_};
  sync::MessageWriter carols_writer_{carols_};
  sync::FolderId hers_ = 0, her_archive_ = 0;
};

TEST_F(ClientAccounts, ShowsAllInboxesByDateAndEachAccountsFolders) {
  mix();
  screen.resize({24, 120});
  const std::string text = picture();
  EXPECT_THAT(line(0), HasSubstr("All inboxes"));
  EXPECT_THAT(text, HasSubstr(" All inboxes"));
  EXPECT_THAT(text, HasSubstr("\n alice@example.test"));
  EXPECT_THAT(text, HasSubstr("\n  INBOX"));
  EXPECT_THAT(text, HasSubstr("\n carol@other.test"));
  EXPECT_THAT(line(1), HasSubstr("carol four"));
  EXPECT_THAT(line(2), HasSubstr("alice three"));
  EXPECT_THAT(line(3), HasSubstr("carol two"));
  EXPECT_THAT(line(4), HasSubstr("alice one"));
}

TEST_F(ClientAccounts, TellsEachAccountThatIsNotLive) {
  screen.resize({24, 120});
  EXPECT_THAT(line(0), HasSubstr("alice@example.test offline, carol@other.test offline"));
  live(0);
  EXPECT_THAT(line(0), Not(HasSubstr("alice@example.test")));
  EXPECT_THAT(line(0), HasSubstr("carol@other.test offline"));
  live(1);
  EXPECT_THAT(line(0), HasSubstr("2 accounts  live"));
  client().hear(sync::LinkChanged{sync::Link::kRefused, "mail.other.test: no", "", 0}, 1);
  EXPECT_THAT(line(0), HasSubstr("carol@other.test refused"));
  EXPECT_THAT(status_line(), HasSubstr("carol@other.test: mail.other.test: no"));
}

TEST_F(ClientAccounts, DeedsGoToTheRightAccountAndAreTakenBack) {
  mix();
  const auto hers = put_hers(5, "carol five");
  picture();
  press("a");
  EXPECT_EQ(folder_of(carols_, hers), her_archive_);
  EXPECT_EQ(sync::Journal(carols_).unfinished().size(), 1u);
  EXPECT_TRUE(journal.unfinished().empty());
  EXPECT_THAT(line(1), HasSubstr("carol four"));
  press("u");
  EXPECT_EQ(folder_of(carols_, hers), hers_);
  EXPECT_THAT(line(1), HasSubstr("carol five"));
}

TEST_F(ClientAccounts, MarksOfSeveralAccountsAreOneDeed) {
  mix();
  press("Space Space d");  // carol's and alice's
  EXPECT_THAT(line(1), HasSubstr("carol two"));
  EXPECT_THAT(line(2), HasSubstr("alice one"));
  EXPECT_THAT(status_line(), HasSubstr("deleted 2 messages"));
  EXPECT_EQ(journal.unfinished().size(), 1u);
  EXPECT_EQ(sync::Journal(carols_).unfinished().size(), 1u);
  press("u");
  EXPECT_THAT(line(1), HasSubstr("carol four"));
  EXPECT_THAT(line(2), HasSubstr("alice three"));
}

TEST_F(ClientAccounts, ALetterIsFromTheAccountOfTheMessageAnswered) {
  const auto hers = put_hers(4, "carol four");
  put(3, "alice three");
  mail::imap::BodyPart part;
  part.number = "1";
  part.type = "text";
  part.subtype = "plain";
  part.size = 4;
  sync::Bodies(carols_).keep_structure(hers, part);
  sync::Bodies(carols_).append(hers, "1", "text", sync::Bodies::Piece::kLast);
  picture();
  EXPECT_THAT(press("r"), HasSubstr("From:    carol@other.test"));
}

TEST_F(ClientAccounts, FoldersOfAllAccountsAreReached) {
  mix();
  picture();
  EXPECT_THAT(press("c"), HasSubstr("Archive  carol@other.test"));
  type("archcarol");
  press("Enter");
  EXPECT_EQ(client().list.folder(), her_archive_);
  EXPECT_THAT(line(0), HasSubstr("carol@other.test"));
  EXPECT_THAT(press("m"), HasSubstr("From:    carol@other.test"));
}

TEST_F(ClientAccounts, OfFoldersOfOneNameThatOfTheAccountInHandIsMeant) {
  mix();
  picture();
  client().command("folder archive carol");
  EXPECT_EQ(client().list.folder(), her_archive_);
  client().command("folder INBOX");
  EXPECT_EQ(client().list.folder(), hers_);
  client().command("folder inbox alice");
  EXPECT_EQ(client().list.folder(), inbox);
  press(":");
  type("folder Arch");
  EXPECT_EQ(line(screen.size().rows - 2), " Archive") << "once";
}

TEST_F(ClientAccounts, AMessageMovesWithinItsAccount) {
  mix();
  picture();
  const std::string popup = press("s");
  EXPECT_THAT(popup, HasSubstr("Archive"));
  EXPECT_THAT(popup, Not(HasSubstr("│ All inboxes")));
  press("Esc");
  client().command("move Archive");
  EXPECT_THAT(line(1), HasSubstr("alice three"));
  EXPECT_EQ(sync::Journal(carols_).unfinished().size(), 1u);
}

TEST_F(ClientAccounts, WhatAnEngineTellsIsItsAccounts) {
  mix();
  picture();
  const auto hers = put_hers(9, "carol nine");
  client().hear(sync::NewMail{hers_, {hers}}, 1);
  EXPECT_THAT(line(1), HasSubstr("carol nine"));
  EXPECT_THAT(status_line(), HasSubstr("carol nine"));
}

TEST_F(ClientAccounts, ThreadsOfAllInboxes) {
  mix();
  carols_writer_.put(hers_, message(5, "Re: carol two", {"2@x.test"}));
  press("T");
  EXPECT_THAT(line(0), HasSubstr("All inboxes  5 unread of 5  threads"));
  EXPECT_THAT(line(1), HasSubstr("carol two"));
  EXPECT_THAT(line(2), HasSubstr("└ Re: carol two"));
  EXPECT_THAT(line(3), HasSubstr("carol four"));
  press("z");
  EXPECT_THAT(line(1), HasSubstr("[2] carol two"));
  EXPECT_THAT(line(2), HasSubstr("carol four"));
  press("d");
  EXPECT_THAT(status_line(), HasSubstr("deleted 2 messages"));
  EXPECT_EQ(sync::Journal(carols_).unfinished().size(), 1u);
  press("u");
  EXPECT_THAT(line(1), HasSubstr("[2] carol two"));
}

}  // namespace
}  // namespace mua::screen

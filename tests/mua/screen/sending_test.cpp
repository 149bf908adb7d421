#include "mua/screen/sending.hpp"

#include <fstream>

#include "mail/header.hpp"
#include "mail/transfer_encoding.hpp"
#include "mua/crypt/open.hpp"
#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class SendingTest : public ClientTrial {
 protected:
  SendingTest() { three(); }
  void begin(const std::string& to = "bob@y.test") {
    press("m");
    type(to);
    press("Enter Enter Enter");
    type("Plan");
    press("Enter");
    type("Hello.");
  }
  std::string file(const std::string& name, std::size_t size) {
    const std::string path = (folder / name).string();
    std::ofstream(path) << std::string(size, 'x');
    return path;
  }
  std::string sent() { return journal.content(client().outbox.at(0).id); }
};

TEST_F(SendingTest, AFileOfSomeSizeIsEncodedAside) {
  begin();
  client().command("attach " + file("big.bin", 3'000'000));
  screen.press("C-x");
  while (auto event = screen.next_event()) client().handle(*event);
  client().paint();
  EXPECT_TRUE(client().writing.has_value());
  EXPECT_NE(screen.text().find("\n encoding…\n"), std::string::npos);
  picture();
  EXPECT_FALSE(client().writing.has_value());
  EXPECT_GT(sent().size(), 4'000'000u);
}

TEST_F(SendingTest, MoreThanIsSigned) {
  begin();
  const std::string path = file("huge.bin", 0);
  std::filesystem::resize_file(path, kMostSealed + 1);
  client().command("attach " + path);
  press("M-s C-x");
  EXPECT_EQ(status_line(),
            " 67.1 MB are attached; 67.1 MB is the most that is signed or encrypted");
  EXPECT_TRUE(client().writing.has_value());
}

TEST_F(SendingTest, AFileOfAMessageGoesOnDecoded) {
  const std::string encoded = mail::encode_base64_body(std::string(300'000, 'y'));
  bodies.append(third, "2", encoded.substr(0, 100'001), sync::Bodies::Piece::kMore);
  bodies.append(third, "2", encoded.substr(100'001), sync::Bodies::Piece::kLast);
  mail::imap::BodyPart root, text, part;
  root.type = "multipart";
  root.subtype = "mixed";
  text.type = "text";
  text.subtype = "plain";
  text.number = "1";
  part.type = "application";
  part.subtype = "pdf";
  part.number = "2";
  part.encoding = "base64";
  part.disposition = "attachment";
  root.children = {text, part};
  bodies.keep_structure(third, root);
  Letter letter;
  letter.to = "bob@y.test";
  letter.enclosures = {{"", third, "2", "a.pdf"}};
  const mail::Draft draft = whole_draft(letter, client().world.writer, store);
  const mail::PieceReader read = draft.attachments.at(0).open();
  std::string all;
  for (std::string piece = read(); !piece.empty(); piece = read()) all += piece;
  EXPECT_EQ(all, std::string(300'000, 'y'));
}

TEST_F(SendingTest, AnswersGoWhereTheIdentitySays) {
  Letter letter;
  letter.from = "Treasurer <money@example.test>";
  letter.to = "bob@y.test";
  Writer writer = client().world.writer;
  writer.identities = {{"Treasurer", "money@example.test", "", "", "board@example.test"}};
  const mail::Draft draft = whole_draft(letter, writer, store);
  ASSERT_EQ(draft.reply_to.size(), 1u);
  EXPECT_EQ(draft.reply_to[0].address.to_string(), "board@example.test");
  letter.from = "";
  EXPECT_TRUE(whole_draft(letter, writer, store).reply_to.empty());
}

TEST_F(SendingTest, WhatIsChangedMeanwhileLeavesNothing) {
  begin();
  client().command("attach " + file("big.bin", 3'000'000));
  screen.press("C-x");
  while (auto event = screen.next_event()) client().handle(*event);
  client().writing->composer.set_text("Changed.");
  picture();
  EXPECT_TRUE(client().writing.has_value());
  EXPECT_EQ(store.database().integer("SELECT count(*) FROM content_piece"), 0);
}

TEST_F(SendingTest, AFileThatIsGoneIsTold) {
  begin();
  const std::string path = file("gone", 3);
  client().command("attach " + path);
  std::filesystem::remove(path);
  press("C-x");
  EXPECT_NE(status_line().find("cannot read"), std::string::npos);
  EXPECT_TRUE(client().writing.has_value());
}

TEST_F(SendingTest, AMessageForwardedAsItCame) {
  press("M-f");
  ASSERT_EQ(wire.parts.size(), 1u);
  EXPECT_EQ(wire.parts[0], (std::pair<sync::MessageId, std::string>{third, ""}));
  EXPECT_NE(picture().find(" Subject: Fwd: third subject\n Attached:[1 third subject.eml]"),
            std::string::npos)
      << picture();
  type("zoe@z.test");
  press("C-x");
  EXPECT_EQ(status_line(), " attachments are on their way; send again in a moment");
  bodies.append(third, "", "Subject: third subject\r\nX-Kept: yes\r\n\r\nhello\r\n",
                sync::Bodies::Piece::kLast);
  hear(sync::PartReady{third, ""});
  press("C-x");
  EXPECT_EQ(client().outbox.at(0).forwarded, third);
  EXPECT_NE(sent().find("Content-Type: message/rfc822"), std::string::npos);
  EXPECT_NE(sent().find("\r\nX-Kept: yes\r\n\r\nhello\r\n"), std::string::npos);
}

TEST_F(SendingTest, FromIsOneOfHerOwn) {
  Letter letter;
  letter.to = "bob@y.test";
  Writer writer;
  writer.account.address = "alice@example.test";
  writer.identities = {{"Treasurer", "money@example.test", "", "T."}};
  EXPECT_EQ(wrong_with(letter, writer), "");
  letter.from = "Treasurer <money@example.test>";
  EXPECT_EQ(wrong_with(letter, writer), "");
  letter.from = "bob@y.test";
  EXPECT_EQ(wrong_with(letter, writer),
            "bob@y.test is none of your addresses: choose another From");
}

TEST_F(SendingTest, OfAMailThatSomeHaveGotOnlyTheOthersGetIt) {
  begin("bob@y.test, eve@y.test");
  press("C-x");
  const sync::EntryId id = client().outbox.at(0).id;
  journal.move(id, sync::EntryState::kRunning);
  journal.move(id, sync::EntryState::kHanding);
  journal.split(id, {"eve@y.test"}, "eve@y.test: 550 5.1.1 no such user", "Correct the address.");
  journal.move(id, sync::EntryState::kDone);
  hear(sync::JournalChanged{id});
  EXPECT_NE(press("o").find("550 5.1.1"), std::string::npos);
  press("Enter e");
  ASSERT_TRUE(client().writing.has_value());
  EXPECT_EQ(client().writing->composer.letter().to, "eve@y.test");
  EXPECT_EQ(client().writing->composer.letter().text.substr(0, 6), "Hello.");
}

TEST_F(SendingTest, SignedAndEncrypted) {
  if (std::system("gpg --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "gpg is not installed";
  const crypt::Keys keys;
  keys.run(
      "gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-gen-key 'Alice "
      "<alice@example.test>' future-default default never");
  begin("ann@x.test");
  press("M-s M-e");
  EXPECT_NE(picture().find(" OpenPGP: signed and encrypted\n"), std::string::npos);
  press("C-x");
  const crypt::Opened opened = crypt::open_message(sent(), "");
  EXPECT_EQ(opened.encryptions.at(0).state, crypt::Encryption::State::kOpened);
  EXPECT_EQ(opened.signatures.at(0).verdict, crypt::Signature::Verdict::kGood);
  EXPECT_NE(opened.octets.find("Hello."), std::string::npos);
  EXPECT_EQ(sent().find("Hello."), std::string::npos);
  press("u");
  EXPECT_TRUE(client().writing->composer.letter().encrypt);
}

TEST_F(SendingTest, WithoutAKeyItIsNotSent) {
  if (std::system("gpg --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "gpg is not installed";
  const crypt::Keys keys;
  begin("nobody@y.test");
  press("M-e C-x");
  EXPECT_EQ(status_line(), " not sent: there is no key for nobody@y.test");
  EXPECT_TRUE(client().writing.has_value());
  EXPECT_TRUE(client().outbox.empty());
}

}  // namespace
}  // namespace mua::screen

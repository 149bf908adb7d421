#include "mua/sync/content.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class ContentTest : public StoreTrial {
 protected:
  std::int64_t pieces() {
    return store.database().integer("SELECT count(*) FROM content_piece").value_or(-1);
  }
  ContentId write(const std::string& octets) {
    return write_content(store, mail::source_of(octets), kNow);
  }
  EntryId send(ContentId content) {
    Outgoing mail;
    mail.sender = "ann@x.test";
    mail.recipients = {"bob@y.test", "eve@y.test"};
    mail.written = content;
    mail.message_id = "<m@x.test>";
    return actions.send(mail, kNow);
  }
};

TEST_F(ContentTest, GivesBackWhatWasWritten) {
  std::string octets;
  for (int i = 0; i < 700'000; ++i) octets += static_cast<char>(i * 7);
  ContentWriter writer(store, kNow);
  writer.add("");
  for (std::size_t at = 0; at < octets.size(); at += 99'999) writer.add(octets.substr(at, 99'999));
  const mail::PieceSource source = content_source(store.database(), writer.finish());
  EXPECT_EQ(source.size, octets.size());
  EXPECT_EQ(mail::read_whole(source), octets);
  EXPECT_EQ(pieces(), 3);
  EXPECT_LE(source.open()().size(), 262'144u);
}

TEST_F(ContentTest, WhatIsNotFinishedLeavesNothing) {
  {
    ContentWriter writer(store, kNow);
    writer.add(std::string(600'000, 'x'));
    EXPECT_EQ(pieces(), 2);
  }
  EXPECT_EQ(pieces(), 0);
  drop_content(store, write("x"));
  EXPECT_EQ(pieces(), 0);
  drop_content(store, 0);
}

TEST_F(ContentTest, WhatAnEntryNamesStaysUntilItIsOver) {
  const EntryId id = send(write("Subject: x\r\n\r\nhi\r\n"));
  drop_content(store, journal.find(id)->content);
  EXPECT_EQ(journal.content(id), "Subject: x\r\n\r\nhi\r\n");
  journal.move(id, EntryState::kRunning);
  journal.move(id, EntryState::kHanding);
  journal.move(id, EntryState::kSent);
  EXPECT_EQ(pieces(), 1);
  journal.move(id, EntryState::kDone);
  EXPECT_EQ(pieces(), 0);
}

TEST_F(ContentTest, TwoEntriesShareIt) {
  const EntryId id = send(write("hi"));
  journal.move(id, EntryState::kRunning);
  journal.move(id, EntryState::kHanding);
  journal.split(id, {"eve@y.test"}, "550", "");
  EXPECT_EQ(pieces(), 1);
  journal.move(id, EntryState::kDone);
  const EntryId rest = journal.outbox().at(0).id;
  EXPECT_EQ(journal.content(rest), "hi");
  ASSERT_TRUE(undo.take_back(rest, kNow));
  EXPECT_EQ(pieces(), 0);
}

TEST_F(ContentTest, WhatNobodyEnteredIsSweptADayLater) {
  const mail::PieceSource old = content_source(store.database(), write("of one that was killed"));
  const EntryId id = send(write("hi"));
  journal.recover(kNow + 3600);
  EXPECT_EQ(pieces(), 2) << "somebody may still be writing it";
  journal.recover(kNow + 25 * 3600);
  EXPECT_EQ(pieces(), 1);
  EXPECT_EQ(journal.content(id), "hi");
  EXPECT_ANY_THROW(mail::read_whole(old));
}

TEST_F(ContentTest, WhatGoesWhileItIsReadIsNoEnd) {
  const ContentId id = write(std::string(600'000, 'x'));
  const mail::PieceReader read = content_source(store.database(), id).open();
  read();
  drop_content(store, id);
  EXPECT_ANY_THROW(read());
}

}  // namespace
}  // namespace mua::sync

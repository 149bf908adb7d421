#include "mailstore/sort_source.hpp"

#include "mailstore/state_blocks.hpp"
#include "tests/mailstore/sort_fixture.hpp"

namespace mailstore {
namespace {

struct SortSourceTest : SortFixture {
  std::vector<std::string> subjects(const Uids& uids) {
    const MailboxView seen = view();
    SortSource source(inbox, seen, uids);
    while (!source.prepare(account, Slice::endless())) {
    }
    std::vector<std::string> texts(uids.size(), "?");
    const auto put = [&](std::uint32_t position, std::string_view text) {
      texts.at(position) = text;
    };
    for (std::size_t chunk = 0; chunk < source.chunks(); ++chunk)
      source.texts(chunk, SortColumn::kSubject, put);
    source.loose_texts(SortColumn::kSubject, put);
    return texts;
  }
  void add_numbered(int first, int count) {
    std::vector<std::string> headers;
    for (int i = first; i < first + count; ++i) headers.push_back(fmt::format("Subject: {}", i));
    add(headers);
  }
};

TEST_F(SortSourceTest, ReadsWhatIsComparedFromTheHeader) {
  add({"Subject: Re: x\r\nMessage-ID: <a@b>"}, 77);
  const auto message = read_sortable(account, inbox, 1);
  EXPECT_EQ(message.uid, 1u);
  EXPECT_EQ(message.arrival, 77);
  EXPECT_GT(message.size, 30);
  EXPECT_EQ(message.facts.subject, "X");
  EXPECT_EQ(message.facts.message_id, "a@b");
  const auto gone = read_sortable(account, inbox, 2);
  EXPECT_EQ(gone.uid, 2u);
  EXPECT_EQ(gone.size, 0);
}

TEST_F(SortSourceTest, HasEveryMessageOnceWhereverItIs) {
  add_numbered(1, 1100);
  EXPECT_EQ(subjects(all()).size(), 1100u);
  EXPECT_EQ(packed(), 1100u);
  add_numbered(1101, 5);
  EXPECT_EQ(subjects({1, 2, 1023, 1024, 1025, 1100, 1101, 1105}),
            (std::vector<std::string>{"1", "2", "1023", "1024", "1025", "1100", "1101", "1105"}));
  EXPECT_EQ(subjects({1103}), std::vector<std::string>{"1103"});
}

TEST_F(SortSourceTest, SmallMailboxesNeedNoFile) {
  add_numbered(1, 63);
  EXPECT_EQ(subjects(all()).back(), "63");
  EXPECT_FALSE(SortIndex::exists(account.folder()));
}

TEST_F(SortSourceTest, AMailDbPutBackFromABackupIsNoticed) {
  add_numbered(1, 100);
  subjects(all());
  ASSERT_EQ(packed(), 100u);
  // As if the last 50 had never come, and others had come instead.
  account.database().run("DELETE FROM message WHERE uid > 50");
  change_states(account.database(), inbox, {{51, 100}},
                [](MessageState&) { return StateChange::kRemoved; });
  account.database().run("UPDATE mailbox SET uid_next = 51 WHERE id = ?", inbox);
  add_numbered(1001, 50);
  EXPECT_EQ(subjects(all()).back(), "1050");
}

}  // namespace
}  // namespace mailstore

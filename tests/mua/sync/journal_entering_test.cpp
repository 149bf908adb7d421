#include "mua/sync/journal_entering.hpp"

#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class JournalEntering : public StoreTrial {
 protected:
  EntryId enter_flag(const Entry& pattern, MessageId message) {
    mailstore::Transaction transaction(store.database(), mailstore::Transaction::Kind::kWrite);
    const EntryId id = enter(store.database(), pattern, {{message, 1}});
    transaction.commit();
    return id;
  }
};

TEST_F(JournalEntering, WhatIsEnteredIsSeenAndWaits) {
  const MessageId message = put(1);
  Entry entry = new_entry(store.database(), Action::kFlag, kNow);
  entry.folder = inbox;
  entry.flag = "\\Flagged";
  const EntryId id = enter_flag(entry, message);
  EXPECT_EQ(journal.find(id)->state, EntryState::kWaiting);
  EXPECT_EQ(journal.messages(id), (std::vector<EntryMessage>{{message, 1}}));
  EXPECT_TRUE(list.row(message)->pending);
  EXPECT_EQ(list.row(message)->flags.system, mail::kFlagged);
}

TEST_F(JournalEntering, EachNewOneIsABatchOfItsOwn) {
  const MessageId message = put(1);
  Entry first = new_entry(store.database(), Action::kFlag, kNow);
  first.flag = "\\Flagged";
  enter_flag(first, message);
  EXPECT_EQ(new_entry(store.database(), Action::kFlag, kNow).batch, first.batch + 1);
}

}  // namespace
}  // namespace mua::sync

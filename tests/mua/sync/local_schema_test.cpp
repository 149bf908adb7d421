#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class LocalSchema : public StoreTrial {};

TEST_F(LocalSchema, CountsFollowWhateverChangesMessages) {
  const MessageId one = put(1), two = put(2, "re", {"1@x.test"});
  EXPECT_EQ(list.count(inbox), 2u);
  EXPECT_EQ(list.unread(inbox), 2u);
  EXPECT_EQ(list.thread_count(inbox), 1u);
  store.database().run("UPDATE message SET flags = 1 WHERE id = ?", one);
  EXPECT_EQ(list.unread(inbox), 1u);
  EXPECT_EQ(list.threads(inbox, 0, 9).at(0).unread, 1u);
  store.database().run("UPDATE message SET folder = ? WHERE id = ?", trash, two);
  EXPECT_EQ(list.count(inbox), 1u);
  EXPECT_EQ(list.count(trash), 1u);
  EXPECT_EQ(list.threads(inbox, 0, 9).at(0).newest.id, one);
  store.database().run("DELETE FROM message");
  EXPECT_EQ(list.count(inbox) + list.unread(inbox) + list.thread_count(inbox), 0u);
  EXPECT_EQ(list.count(trash) + list.thread_count(trash), 0u);
}

TEST_F(LocalSchema, BodiesGoWithTheirMessage) {
  const MessageId one = put(1);
  bodies.keep_structure(one, {});
  bodies.append(one, "1", "text", Bodies::Piece::kLast);
  store.database().run("DELETE FROM message");
  EXPECT_FALSE(bodies.structure(one));
  EXPECT_FALSE(bodies.has(one, "1"));
}

TEST_F(LocalSchema, AFileOfVersion2CountsAsOneOfToday) {
  const std::filesystem::path file = folder / "old.db";
  {
    mailstore::Database old(file, mailstore::Database::Mode::kCreate);
    mailstore::Schema before = local_schema();
    before.steps.resize(2);
    mailstore::migrate(old, before);
    old.script(
        "INSERT INTO folder_thread SELECT id, 1, 5, 1, 1 FROM folder;"
        "INSERT INTO thread_id VALUES (77, 1);"
        "INSERT INTO message SELECT 7, id, 1, 1, 0, '', 0, 5, 9, 0, '', '', 'old', '', '', '', '', "
        "'<o@x>', '', '' FROM folder;"
        "UPDATE folder SET cached = 1, cached_unread = 1, total = 1, unread = 1;"
        "CREATE TRIGGER message_goes AFTER DELETE ON message BEGIN SELECT 1; END;");
  }
  LocalStore now(file);
  MessageList messages(now);
  const FolderId inbox_there = Folders(now).require("INBOX");
  EXPECT_EQ(store_number(messages.row(7)->thread), now.number());
  EXPECT_EQ(messages.thread(inbox_there, messages.row(7)->thread).size(), 1u);
  EXPECT_EQ(messages.threads(inbox_there, 0, 9).at(0).unread, 1u);
  now.database().run("DELETE FROM message");
  EXPECT_EQ(messages.count(inbox_there) + messages.thread_count(inbox_there), 0u);
}

TEST_F(LocalSchema, AFileOfVersion3KeepsWhatTheServerNeverHad) {
  const std::filesystem::path file = folder / "old.db";
  {
    mailstore::Database old(file, mailstore::Database::Mode::kCreate);
    mailstore::Schema before = local_schema();
    before.steps.resize(3);
    mailstore::migrate(old, before);
    old.script(
        "INSERT INTO draft (id, saved_at, content, entry) VALUES (5, 1, 'To: a', 11);"
        "INSERT INTO journal (id, batch, action, state, made_at, not_before, label, message_id, "
        "sender, recipients) VALUES (11, 1, 3, 0, 9, 0, 'waits', '<m@x>', 'a@x.test', "
        "'b@y.test\n'),"
        "(12, 2, 4, 6, 9, 0, 'failed', '', '', ''), (13, 3, 4, 0, 9, 0, 'a draft goes', '', '', "
        "'');"
        "INSERT INTO journal_content VALUES (11, CAST('Subject: x' AS BLOB)), (12, x'00ff'), (13, "
        "x'');");
  }
  LocalStore now(file);
  Journal entries(now);
  EXPECT_EQ(entries.content(11), "Subject: x");
  EXPECT_EQ(entries.content(12), std::string("\0\xff", 2));
  EXPECT_EQ(entries.find(13)->content, 0);
  EXPECT_EQ(entries.outbox().at(0).recipients, std::vector<std::string>{"b@y.test"});
  EXPECT_EQ(Undo(now).take_back(11, 20)->draft, 5);
  EXPECT_EQ(entries.content(11), "") << "the draft has it";
}

}  // namespace
}  // namespace mua::sync

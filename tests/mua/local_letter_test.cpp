#include "mua/local_letter.hpp"

#include <gmock/gmock.h>

#include "mua/sync/journal.hpp"
#include "tests/mua/local_trial.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

TEST(LocalLetter, IsWhatWasToBeSent) {
  mail::Draft draft;
  draft.to = {{"Bob", {"bob", "y.test"}}};
  draft.subject = "hello";
  draft.text = "hi\n";
  draft.attachments = {{"a.txt", "", "content"}};
  SendOptions options;
  options.attachments = {"/tmp/a.txt"};
  options.encrypt = true;
  const screen::Letter letter = letter_of(draft, options);
  EXPECT_EQ(letter.to, "Bob <bob@y.test>");
  EXPECT_EQ(letter.text, "hi\n");
  ASSERT_EQ(letter.enclosures.size(), 1u);
  EXPECT_EQ(letter.enclosures[0].path, "/tmp/a.txt");
  EXPECT_TRUE(letter.encrypt && !letter.sign);
}

TEST(LocalLetter, WaitsInTheOutboxWithoutAServer) {
  LocalTrial trial;
  const Ended ended = trial.mua({"send", "--queue", "--to", "bob@y.test", "--subject", "hello",
                                 "--body", trial.write("b", "hi\n").string()},
                                {});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("in the outbox as "));
  const auto waiting = sync::Journal(trial.store).outbox();
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].recipients, std::vector<std::string>{"bob@y.test"});
  EXPECT_EQ(trial.mua({"outbox", "edit", std::to_string(waiting[0].id)}, {}).code, 0);
  EXPECT_THAT(trial.mua({"drafts", "--json"}, {}).out, HasSubstr("\"text\":\"hi\\n\""));
}

TEST(LocalLetter, KnowsTheMessageItAnswers) {
  LocalTrial trial;
  const sync::MessageId message = trial.put(4, "a question");
  Mailing mailing;
  mailing.draft.to = {{"Bob", {"bob", "y.test"}}};
  mailing.draft.message_id = "<2@x.test>";
  mailing.content = mail::source_of("Subject: Re\r\n\r\nhi\r\n");
  mailing.mark = Mark{{"INBOX", 7, 4}, {mail::kAnswered, {}}};
  Account account;
  account.address = "ann@x.test";
  account.settings = trial.folder() / "mua.toml";
  const sync::EntryId entry = put_into_outbox(account, mailing, {});
  EXPECT_EQ(sync::Journal(trial.store).find(entry)->answered, message);
}

TEST(LocalLetter, ACopyWaitsForTheMailboxThatIsKnown) {
  LocalTrial trial;
  Account account;
  account.address = "ann@x.test";
  account.settings = trial.folder() / "mua.toml";
  Mailing mailing;
  mailing.draft.message_id = "<2@x.test>";
  mailing.content = mail::source_of("Subject: x\r\n\r\nhi\r\n");
  EXPECT_FALSE(file_later(account, mailing));
  mail::imap::Mailbox sent;
  sent.name = "Sent";
  sent.attributes = {"\\Sent"};
  sync::Folders(trial.store).replace({sent});
  EXPECT_TRUE(file_later(account, mailing));
  const auto entries = sync::Journal(trial.store).unfinished();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].message_id, "<2@x.test>");
}

}  // namespace
}  // namespace mua

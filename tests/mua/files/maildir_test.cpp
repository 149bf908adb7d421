#include "mua/files/maildir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.hpp"

namespace mua::files {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(Maildir, MessagesGoThereAndBack) {
  tests::TemporaryFolder folder;
  const StoredMessage message{"Subject: x\r\n\r\na\rb\r\n",
                              {mail::kSeen | mail::kFlagged, {"$Forwarded", "work"}},
                              mail::DateTime{1763712345, 0},
                              ""};
  {
    MaildirWriter writer(folder / "box");
    writer.write(message, "1763712345.V7U1.0");
    EXPECT_TRUE(writer.has("1763712345.V7U1.0"));
    EXPECT_THAT(writer.finish(), testing::IsEmpty());
  }
  const auto files = maildir_files(folder / "box");
  ASSERT_THAT(files, SizeIs(1));
  EXPECT_EQ(files[0].filename(), "1763712345.V7U1.0,S=16,W=19:2,FPSa");
  const StoredMessage back = read_maildir_file(files[0], MaildirKeywords(folder / "box"));
  EXPECT_EQ(back.octets, message.octets);
  EXPECT_EQ(back.flags, message.flags);
  EXPECT_EQ(back.received->seconds, 1763712345);
  // Whoever reads it there moves its flags on; it is the same message.
  std::filesystem::rename(files[0], folder / "box/cur/1763712345.V7U1.0,S=16,W=19:2,S");
  EXPECT_TRUE(MaildirWriter(folder / "box").has("1763712345.V7U1.0"));
}

TEST(Maildir, ThereAre26Keywords) {
  tests::TemporaryFolder folder;
  MaildirWriter writer(folder / "box");
  StoredMessage message;
  for (int i = 0; i < 28; ++i) message.flags.keywords.push_back("k" + std::to_string(i));
  writer.write(message, "1.x");
  EXPECT_THAT(writer.finish(), ElementsAre("k26", "k27"));
}

TEST(Maildir, FindsFoldersOfBothKinds) {
  tests::TemporaryFolder folder;
  for (const char* name : {"", ".Archive.2026", ".&x3y2Lg-", "lists/cats"}) {
    MaildirWriter writer(folder / "tree" / name);
  }
  std::vector<std::string> mailboxes;
  for (const MaildirFolder& one : maildir_tree(folder / "tree")) mailboxes.push_back(one.mailbox);
  EXPECT_THAT(mailboxes,
              testing::UnorderedElementsAre("", "Archive/2026", testing::_, "lists/cats"));
}

TEST(Maildir, NamesOfMailboxesBecomeNamesOfFolders) {
  EXPECT_EQ(maildir_name("Archive/2026"), ".Archive.2026");
  EXPECT_EQ(maildir_name("v1.2/x"), ".v1&AC4-2.x");
  EXPECT_EQ(maildir_name(""), "");
}

}  // namespace
}  // namespace mua::files

#include "mua/files/mail_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "mua/exit_code.hpp"
#include "mua/files/maildir.hpp"
#include "tests/temporary_folder.hpp"

namespace mua::files {
namespace {

using testing::ElementsAre;

std::vector<std::string> mailboxes(const MailSources& sources) {
  std::vector<std::string> out;
  for (const MailSource& one : sources.found) out.push_back(one.mailbox);
  return out;
}

TEST(MailSources, ATreeOfMboxFiles) {
  tests::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "t/Archive.sbd");
  for (const char* name : {"t/INBOX", "t/Archive.sbd/2025.mbox"}) {
    std::ofstream(folder / name) << "From a@b Sat Nov 21 12:21:59 2026\n\n";
  }
  std::ofstream(folder / "t/INBOX.msf") << "// an index";
  std::ofstream(folder / "t/notes") << "From time to time\n";
  const MailSources sources = find_mail(folder / "t");
  EXPECT_THAT(mailboxes(sources), ElementsAre("Archive/2025", "INBOX"));
  EXPECT_THAT(sources.strange,
              testing::UnorderedElementsAre(folder / "t/INBOX.msf", folder / "t/notes"));
}

TEST(MailSources, AMaildirAndASingleFile) {
  tests::TemporaryFolder folder;
  MaildirWriter(folder / "m").finish();
  MaildirWriter(folder / "m/.Sent").finish();
  EXPECT_THAT(mailboxes(find_mail(folder / "m")), ElementsAre("", "Sent"));
  std::ofstream(folder / "f") << "";
  EXPECT_EQ(find_mail(folder / "f").found.front().kind, MailSource::Kind::kMbox);
}

TEST(MailSources, NothingThereIsSaid) {
  tests::TemporaryFolder folder;
  EXPECT_THROW(find_mail(folder / "none"), Failure);
  EXPECT_THROW(find_mail(folder.path()), Failure);
}

}  // namespace
}  // namespace mua::files

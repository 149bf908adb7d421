#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/mua/trial.hpp"

namespace mua {
namespace {

std::string session() {
  return imap_session(
      "C: A2 EXAMINE INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
      "C: A3 FETCH 1 (UID RFC822.SIZE)\nS: * 1 FETCH (UID 4 RFC822.SIZE 11)\nS: A3 OK\n"
      "C: A4 UID FETCH 4 (UID FLAGS INTERNALDATE BODY.PEEK[])\n"
      "S: * 1 FETCH (UID 4 FLAGS (\\Seen) INTERNALDATE \"21-Nov-2026 12:21:59 +0000\" BODY[] {11}\n"
      "S: A: b\nS: \nS: x\nS: )\nS: A4 OK\n",
      "A5");
}

TEST(CmdExport, WritesAnMboxOnce) {
  Trial trial;
  const auto file = trial.folder() / "out";
  const Ended ended = trial.mua({"export", "INBOX", file.string()}, {session()});
  EXPECT_EQ(ended.code, 0) << ended.err;
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_EQ(text.str(), "From MAILER-DAEMON Sat Nov 21 12:21:59 2026\nStatus: RO\nA: b\n\nx\n\n");
  const Ended again = trial.mua({"export", "INBOX", file.string(), "--append"}, {session()});
  EXPECT_THAT(again.out, testing::HasSubstr("0 exported"));
  EXPECT_EQ(std::filesystem::file_size(file), text.str().size());
}

TEST(CmdExport, WritesAMaildirAgainAndAgain) {
  Trial trial;
  const std::string folder = (trial.folder() / "box").string();
  const std::vector<std::string> words{"export", "INBOX", folder, "--format", "maildir", "--json"};
  EXPECT_THAT(trial.mua(words, {session()}).out, testing::HasSubstr("\"exported\":1,\"there\":0"));
  EXPECT_THAT(trial.mua(words, {session()}).out, testing::HasSubstr("\"exported\":0,\"there\":1"));
}

TEST(CmdExport, RefusesWhatItCannotMean) {
  Trial trial;
  EXPECT_EQ(trial.mua({"export", "INBOX", "-", "--append"}, {}).code, 2);
  EXPECT_EQ(trial.mua({"export", "INBOX", trial.folder().string()}, {}).code, 2);
  EXPECT_EQ(trial.mua({"export", "INBOX", (trial.folder() / "new/").string()}, {}).code, 2);
}

}  // namespace
}  // namespace mua

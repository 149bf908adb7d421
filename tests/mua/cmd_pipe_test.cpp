#include <gmock/gmock.h>

#include <fstream>

#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/sealed_session.hpp"

namespace mua {
namespace {

TEST(CmdPipe, GivesTheOctetsToACommand) {
  Trial trial;
  const std::string to = (trial.folder() / "out").string();
  const auto session = [] {
    return imap_session(
        "C: A2 EXAMINE INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n"
        "C: A3 UID FETCH 4 (UID BODY.PEEK[])\n"
        "S: * 1 FETCH (UID 4 BODY[] {6}\nS: A: b\nS: )\nS: A3 OK\n",
        "A4");
  };
  EXPECT_EQ(trial.mua({"pipe", "--raw", "4", "cat > " + to}, {session()}).code, 0);
  EXPECT_EQ(std::filesystem::file_size(to), 6u);
  const Ended failed = trial.mua({"pipe", "--raw", "4", "exit 3"}, {session()});
  EXPECT_EQ(failed.code, 1);
  EXPECT_THAT(failed.err, testing::HasSubstr("ended with status 3"));
}

class CmdPipeSealed : public crypt::WithKeys {};

TEST_F(CmdPipeSealed, GivesTheTextThatIsInside) {
  Trial trial;
  const std::filesystem::path to = trial.folder() / "out";
  const Ended ended = trial.mua({"pipe", "--decrypt", "4", "cat > " + to.string()},
                                {imap_session(examine_inbox() + encrypted_structure("A3") +
                                                  whole_message("A4", encrypted_message()),
                                              "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  std::string text;
  std::getline(std::ifstream(to), text);
  EXPECT_EQ(text, "At ten.");
}

}  // namespace
}  // namespace mua

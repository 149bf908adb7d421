#include <gmock/gmock.h>

#include <fstream>

#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/sealed_session.hpp"

namespace mua {
namespace {

using testing::HasSubstr;

constexpr const char* kStructure =
    "C: A2 EXAMINE INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK done\n"
    "C: A3 UID FETCH 4 (UID BODYSTRUCTURE)\n"
    "S: * 1 FETCH (UID 4 BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 8 "
    "1)(\"APPLICATION\" "
    "\"X\" (\"name\" \"../../a.bin\") NIL NIL \"BASE64\" 8) \"MIXED\"))\nS: A3 OK done\n";

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(CmdSave, WritesOctetsIntoTheFolderAndOverwritesNothing) {
  Trial trial;
  trial.write("a.bin", "mine");
  const Ended ended = trial.mua(
      {"save", "4", "--to", trial.folder().string()},
      {imap_session(std::string(kStructure) + "C: A4 UID FETCH 4 (UID BODY.PEEK[2])\n"
                                              "S: * 1 FETCH (UID 4 BODY[2] {8}\nS: AAH/DQo=)\n"
                                              "S: A4 OK done\n",
                    "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, (trial.folder() / "a-2.bin").string() + "\n");
  EXPECT_EQ(content(trial.folder() / "a-2.bin"), std::string("\0\1\xff\r\n", 5));
  EXPECT_EQ(content(trial.folder() / "a.bin"), "mine");
}

TEST(CmdSave, KnowsWhichAttachmentsThereAre) {
  Trial trial;
  const std::string session = imap_session(kStructure, "A9");
  const Ended ended = trial.mua({"save", "4", "2"}, {session.substr(0, session.find("C: A9"))});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("this message has 1"));
  EXPECT_EQ(trial.mua({"save", "4", "--to", "/nowhere"}, {}).code, 1);
}

TEST(CmdSave, GivesOctetsToAPipe) {
  Trial trial;
  const Ended ended = trial.mua(
      {"save", "4", "1", "--to", "-"},
      {imap_session(std::string(kStructure) + "C: A4 UID FETCH 4 (UID BODY.PEEK[2])\n"
                                              "S: * 1 FETCH (UID 4 BODY[2] {8}\nS: AAH/DQo=)\n"
                                              "S: A4 OK done\n",
                    "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, std::string("\0\1\xff\r\n", 5));
  EXPECT_EQ(trial.mua({"save", "4", "--to", "-", "--json"}, {}).code, 2);
}

class CmdSaveSealed : public crypt::WithKeys {};

TEST_F(CmdSaveSealed, TakesWhatIsAttachedInside) {
  Trial trial;
  const Ended ended = trial.mua({"save", "4", "--decrypt", "--to", trial.folder().string()},
                                {imap_session(examine_inbox() + encrypted_structure("A3") +
                                                  whole_message("A4", encrypted_message()),
                                              "A5")});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(content(trial.folder() / "plan.bin"), "\x01\x02");
}

}  // namespace
}  // namespace mua

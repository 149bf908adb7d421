#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class ClientKeys : public ClientTrial {};

TEST_F(ClientKeys, SaysWhatAKeyIsFor) {
  three();
  press("x");
  EXPECT_EQ(status_line(), " x means nothing here; ? lists the keys");
  client().command("nonsense");
  EXPECT_EQ(status_line(), " there is no command \"nonsense\"; ? lists them");
  client().command("send");
  EXPECT_EQ(status_line(), " send means nothing here");
}

TEST_F(ClientKeys, MistakesInACommandAreTold) {
  three();
  client().command("delete 2");
  EXPECT_EQ(status_line(), " delete takes nothing after it, not \"2\"");
  EXPECT_EQ(client().list.count(), 3u);
  client().command("repl");
  EXPECT_EQ(status_line(), " \"repl\" could be reply, reply-all");
  client().command("  folder   Trash ");
  EXPECT_EQ(client().list.folder(), trash);
  client().command("folde INBOX");
  EXPECT_EQ(client().list.folder(), inbox) << "the first letters of one name alone";
  client().command(" ");
  EXPECT_EQ(status_line(), " there is no command \"\"; ? lists them");
  client().command("compose");
  client().command("nonsense");
  EXPECT_EQ(status_line(), " there is no command \"nonsense\"; ^G lists them");
}

TEST_F(ClientKeys, EscAndTheNextKeyMayComeTogether) {
  three();
  press("/ M-d");
  EXPECT_EQ(client().list.count(), 2u);
  press("Enter M-q");
  EXPECT_TRUE(client().ended());
}

TEST_F(ClientKeys, APastedTextIsNoCommand) {
  three();
  screen.put(Pasted{"dddq"});
  take();
  EXPECT_EQ(client().list.count(), 3u);
  EXPECT_FALSE(client().ended());
}

TEST_F(ClientKeys, OwnKeysAndWhatFollowsTheirCommands) {
  three();
  client().world.keys =
      Keymap(Profile::kMutt, {{kInList, "g t", "folder Trash"}, {kInList, "d", ""}});
  press("d");
  EXPECT_EQ(status_line(), " d means nothing here; ? lists the keys");
  press("g");
  EXPECT_EQ(status_line(), " g…");
  press("t");
  EXPECT_EQ(client().list.folder(), trash);
}

}  // namespace
}  // namespace mua::screen

#include "mua/screen/completion.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class CompletionTest : public ClientTrial {};

TEST_F(CompletionTest, PatternsAreHintedAndCompleted) {
  press("l");
  type("has");
  EXPECT_NE(line(22).find("has:attachment"), std::string::npos);
  press("Tab");
  EXPECT_EQ(status_line(), " show only: has:attachment");
  type(" -is:un");
  press("Tab");
  EXPECT_EQ(status_line(), " show only: has:attachment -is:unread");
}

TEST_F(CompletionTest, TheCommandLineCompletesAndHints) {
  press(":");
  type("sav");
  EXPECT_NE(line(22).find("save-search NAME: keep"), std::string::npos) << line(22);
  press("Tab");
  EXPECT_EQ(status_line(), " :save-search");
  press("C-u");
  type("folder Tr");
  EXPECT_NE(line(22).find("Trash"), std::string::npos);
  press("Tab Enter");
  EXPECT_EQ(client().list.folder(), trash);
  press(":");
  type("nonsense");
  EXPECT_NE(line(22).find("there is no such command"), std::string::npos);
}

}  // namespace
}  // namespace mua::screen

#include "mua/screen/folder_choice.hpp"

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class FolderChoice : public ClientTrial {};

TEST_F(FolderChoice, ByNameOrByLetters) {
  folders.require("Archive/2024");
  folders.require("Archive");
  client().command("folder Archive");
  EXPECT_NE(line(0).find(" Archive  0"), std::string::npos);
  client().command("folder arc24");
  EXPECT_NE(line(0).find(" Archive/2024  0"), std::string::npos);
  client().command("folder zzz");
  EXPECT_EQ(status_line(), " no folder fits \"zzz\"");
}

TEST_F(FolderChoice, APopup) {
  const std::string text = press("c");
  EXPECT_NE(text.find("┌─ Open folder ─"), std::string::npos);
  EXPECT_NE(text.find("│ INBOX"), std::string::npos);
  EXPECT_EQ(press("Esc").find("┌"), std::string::npos);
}

}  // namespace
}  // namespace mua::screen

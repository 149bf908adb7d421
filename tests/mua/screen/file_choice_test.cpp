#include "mua/screen/file_choice.hpp"

#include <fstream>

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class FileChoice : public ClientTrial {
 protected:
  FileChoice() {
    std::filesystem::create_directory(folder / "papers");
    std::ofstream(folder / "papers" / "report.pdf") << "pdf";
    std::ofstream(folder / ".hidden") << "x";
    choose_file(client(), "Attach", folder.path(),
                [this](Client&, const std::string& path) { chosen = path; });
  }
  std::string chosen;
};

TEST_F(FileChoice, FolderByFolder) {
  EXPECT_EQ(picture().find(".hidden"), std::string::npos);
  type("pap");
  press("Enter");
  type("rep");
  press("Enter");
  EXPECT_EQ(chosen, (folder / "papers" / "report.pdf").string());
}

TEST_F(FileChoice, ATypedPath) {
  type((folder / "papers" / "report.pdf").string());
  press("Enter");
  EXPECT_EQ(chosen, (folder / "papers" / "report.pdf").string());
}

TEST_F(FileChoice, OfTheBeginningOfANameThoseThatFit) {
  type((folder / "papers" / "rep").string());
  press("Enter");
  EXPECT_NE(picture().find("report.pdf"), std::string::npos);
  press("Enter");
  EXPECT_EQ(chosen, (folder / "papers" / "report.pdf").string());
}

TEST_F(FileChoice, PathsAreCompletedInTheWordsTheyWereBegunWith) {
  const std::string here = folder.path().string();
  EXPECT_EQ(paths_beginning(here + "/pa"), std::vector<std::string>{here + "/papers/"});
  EXPECT_EQ(paths_beginning(here + "/papers/"),
            std::vector<std::string>{here + "/papers/report.pdf"});
  EXPECT_EQ(paths_beginning(here + "/.h"), std::vector<std::string>{here + "/.hidden"});
  EXPECT_TRUE(paths_beginning("/no/such/").empty());
  setenv("HOME", here.c_str(), 1);
  EXPECT_EQ(paths_beginning("~/pap"), std::vector<std::string>{"~/papers/"});
}

TEST_F(FileChoice, WhatIsNotThere) {
  type("/no/such/file");
  press("Enter");
  EXPECT_EQ(chosen, "");
  EXPECT_EQ(status_line(), " there is no file /no/such/file");
}

}  // namespace
}  // namespace mua::screen

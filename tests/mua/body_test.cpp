#include "mua/body.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "mua/exit_code.hpp"
#include "tests/mua/terminal.hpp"
#include "tests/temporary_folder.hpp"

namespace mua {
namespace {

TEST(Body, ComesFromAFileWithTheQuoteBelow) {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "body.txt";
  std::ofstream(path) << "text\n";
  EXPECT_EQ(read_body(path, ""), "text\n");
  EXPECT_EQ(read_body(path, "> q\n"), "text\n\n> q\n");
  EXPECT_THROW(read_body(path + ".missing", ""), Failure);
  EXPECT_THROW(read_body(folder.path(), ""), Failure);
}

/// With `editor` as $EDITOR; 0 when what came back is `expected`.
int edited(const std::string& editor, const std::string& expected) {
  return at_terminal([&] {
           unsetenv("VISUAL");
           setenv("EDITOR", editor.c_str(), 1);
           return read_body("", "> q\n") == expected ? 0 : 50;
         })
      .code;
}

TEST(Body, ComesFromTheEditorWhichIsGivenTheQuote) {
  const tests::TemporaryFolder folder;
  const std::string script = folder / "editor.sh";
  std::ofstream(script)
      << "printf 'Hello\\n' | cat - \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"\n";
  EXPECT_EQ(edited("sh " + script, "Hello\n\n> q\n"), 0);
}

TEST(Body, IsNoneWhenTheEditorFailedOrNothingWasWritten) {
  const int failed = static_cast<int>(ExitCode::kFailed);
  EXPECT_EQ(edited("false", ""), failed);
  EXPECT_EQ(edited("true", ""), failed);
}

}  // namespace
}  // namespace mua

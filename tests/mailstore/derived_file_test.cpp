#include "mailstore/derived_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "mailstore/sqlite.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

constexpr std::string_view kTable = "CREATE TABLE kept (number INTEGER)", kNothing = "SELECT 1";
const Schema kOne{"copy", 0x11111111, {kTable}};
const Schema kTwo{"copy", 0x11111111, {kTable, kNothing}};
const Schema kOther{"other", 0x22222222, {kTable}};

class DerivedFile : public testing::Test {
 protected:
  void put() { Database(file).run("INSERT INTO kept VALUES (1)"); }
  std::int64_t kept(const Schema& schema) {
    return Database(made_usable(file, schema)).integer("SELECT count(*) FROM kept").value_or(-1);
  }

  tests::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "copy.db";
};

TEST_F(DerivedFile, IsMadeAndKept) {
  EXPECT_EQ(kept(kOne), 0);
  put();
  EXPECT_EQ(kept(kOne), 1);
}

TEST_F(DerivedFile, OfAnotherVersionOrKindIsMadeAnew) {
  for (const Schema* schema : {&kTwo, &kOne, &kOther}) {
    EXPECT_EQ(kept(*schema), 0);
    put();
  }
  const auto files = std::filesystem::directory_iterator(folder.path());
  for (const auto& entry : files)
    EXPECT_TRUE(entry.path().filename().string().starts_with("copy.db")) << entry.path();
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".v1")) << "a copy needs no snapshot";
}

TEST_F(DerivedFile, DamagedIsMadeAnew) {
  EXPECT_EQ(kept(kOne), 0);
  std::ofstream(file) << "no database at all, whatever its name says";
  EXPECT_EQ(kept(kOne), 0);
  put();
  EXPECT_EQ(kept(kOne), 1);
}

}  // namespace
}  // namespace mailstore

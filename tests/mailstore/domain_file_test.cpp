#include "mailstore/domain_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

namespace fs = std::filesystem;

class DomainFile : public testing::Test {
 protected:
  std::string refusal(void (*expect)(const fs::path&)) const {
    try {
      expect(folder_.path());
      return "";
    } catch (const std::exception& error) {
      return error.what();
    }
  }
  std::string refusal_of_store() const {
    return refusal([](const fs::path& data) { domain_file(data); });
  }
  std::string refusal_of_daemon() const { return refusal(expect_domain); }

  const tests::TemporaryFolder folder_;
};

TEST_F(DomainFile, IsMadeInAnEmptyFolderByTheStoreAlone) {
  EXPECT_EQ(domain_file(folder_.path()), folder_ / "domain.db");
  EXPECT_NE(refusal_of_daemon().find("see that its disk is mounted"), std::string::npos);
  fs::create_directory(folder_ / "accounts");
  EXPECT_EQ(refusal_of_store(), "") << "of nobody";
}

TEST_F(DomainFile, IsLostWhereAccountsAre) {
  fs::create_directories(folder_ / "accounts" / "1");
  EXPECT_NE(refusal_of_store().find("domain.db is missing; restore it"), std::string::npos);
  EXPECT_EQ(refusal_of_daemon(), refusal_of_store());
}

TEST_F(DomainFile, IsAllThatIsAskedFor) {
  std::ofstream(folder_ / "domain.db") << "x";
  fs::create_directories(folder_ / "accounts" / "1");
  EXPECT_EQ(refusal_of_store(), "");
  EXPECT_EQ(refusal_of_daemon(), "");
}

}  // namespace
}  // namespace mailstore

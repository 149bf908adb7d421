#include "mailctl/password.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <regex>
#include <sstream>

#include "mailctl/failure.hpp"

namespace mailctl {
namespace {

std::string from_stdin(const std::string& input) {
  std::istringstream text(input);
  auto* before = std::cin.rdbuf(text.rdbuf());
  std::cin.clear();
  std::string password;
  try {
    password = password_from_stdin();
  } catch (const Failure& failure) {
    password = failure.next;
  }
  std::cin.rdbuf(before);
  return password;
}

TEST(Password, IsTheFirstLineOfStdin) {
  EXPECT_EQ(from_stdin(" two words \nmore\n"), " two words ");
  EXPECT_EQ(from_stdin("dos\r\n"), "dos");
  EXPECT_EQ(from_stdin("no end"), "no end");
  EXPECT_NE(from_stdin("").find("--password-stdin"), std::string::npos);
  EXPECT_NE(from_stdin("\n").find("--password-stdin"), std::string::npos);
}

TEST(Password, RandomOnesCanBeReadAloudAndDiffer) {
  const std::regex shape("([a-km-z2-9]{5}-){3}[a-km-z2-9]{5}");
  EXPECT_TRUE(std::regex_match(random_password(), shape));
  EXPECT_NE(random_password(), random_password());
}

}  // namespace
}  // namespace mailctl

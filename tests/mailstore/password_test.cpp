#include "mailstore/password.hpp"

#include <gtest/gtest.h>

#include "mail/sasl.hpp"

namespace mailstore {
namespace {

using namespace std::chrono_literals;

TEST(Password, RefusesWhatCannotBeOne) {
  EXPECT_TRUE(acceptable_password("correct horse"));
  EXPECT_TRUE(acceptable_password("비밀번호"));
  EXPECT_TRUE(acceptable_password(std::string(512, 'x')));
  EXPECT_FALSE(acceptable_password(""));
  EXPECT_FALSE(acceptable_password(std::string(513, 'x')));
  EXPECT_FALSE(acceptable_password("a\nb"));
  EXPECT_FALSE(acceptable_password(std::string("a\0b", 3)));
}

TEST(Password, IsKeptAsArgon2idAndScramOnly) {
  const Credentials credentials = derive_credentials("secret");
  EXPECT_TRUE(credentials.argon2id.starts_with("$argon2id$")) << credentials.argon2id;
  EXPECT_TRUE(password_matches(credentials.argon2id, "secret"));
  EXPECT_FALSE(password_matches(credentials.argon2id, "Secret"));
  EXPECT_FALSE(password_matches("nonsense", "secret"));
  EXPECT_GE(credentials.scram.iterations, 4096u);
  const auto again =
      mail::derive_scram("secret", credentials.scram.salt, credentials.scram.iterations);
  EXPECT_EQ(again.stored_key, credentials.scram.stored_key);
  EXPECT_EQ(again.server_key, credentials.scram.server_key);
  EXPECT_NE(derive_credentials("secret").scram.salt, credentials.scram.salt);
}

TEST(LoginMemory, KnowsALoginForFiveMinutes) {
  LoginMemory::Clock::time_point now{};
  LoginMemory memory([&] { return now; });
  EXPECT_FALSE(memory.knows(1, 1, "secret"));
  memory.remember(1, 1, "secret");
  EXPECT_TRUE(memory.knows(1, 1, "secret"));
  EXPECT_FALSE(memory.knows(1, 1, "other"));
  EXPECT_FALSE(memory.knows(2, 1, "secret"));
  EXPECT_FALSE(memory.knows(1, 2, "secret")) << "the password was changed";
  now += 5min - 1s;
  EXPECT_TRUE(memory.knows(1, 1, "secret"));
  now += 1s;
  EXPECT_FALSE(memory.knows(1, 1, "secret"));
}

}  // namespace
}  // namespace mailstore

#include "smtpd/patience.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

using mail::smtp::Stage;

TEST(Patience, IsThatOfTheRfc) {
  const Patience patience;
  EXPECT_EQ(patience.of(Stage::kConnect), tls::Seconds(300));
  EXPECT_EQ(patience.of(Stage::kGreeting), tls::Seconds(300));
  EXPECT_EQ(patience.of(Stage::kMail), tls::Seconds(300));
  EXPECT_EQ(patience.of(Stage::kRecipient), tls::Seconds(300));
  EXPECT_EQ(patience.of(Stage::kData), tls::Seconds(120));
  EXPECT_EQ(patience.of(Stage::kContent), tls::Seconds(600));
  EXPECT_LT(patience.of(Stage::kQuit), tls::Seconds(60));
}

TEST(Patience, GrowsWithTheWork) {
  const Patience patience;
  EXPECT_EQ(patience.whole(0, 0), tls::Seconds(1800));
  EXPECT_EQ(patience.whole(100, 25600), tls::Seconds(1800 + 1000 + 100));
}

}  // namespace
}  // namespace smtpd

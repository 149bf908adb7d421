#include "conf/restart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace conf {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Restart, WhatAReloadAppliesDoesNotWait) {
  Settings fresh;
  fresh.hostname = "other.test";
  fresh.tls.certificate = "other.pem";
  fresh.smtp.max_recipients = 5;
  fresh.imap.max_append_size = 5;
  EXPECT_THAT(wait_for_restart("smtpd", Settings{}, fresh), IsEmpty());
  EXPECT_THAT(wait_for_restart("imapd", Settings{}, fresh), IsEmpty());
}

TEST(Restart, EachProgramWaitsForItsOwn) {
  Settings fresh;
  fresh.threads = 3;
  fresh.store.open_accounts = 1;
  fresh.smtp.submissions = {{"*", 465}};
  fresh.lmtp.socket_mode = 0600;
  fresh.imap.listen = {{"*", 143}};
  EXPECT_THAT(wait_for_restart("smtpd", Settings{}, fresh),
              ElementsAre("threads", "[store]", "smtp.submissions", "[lmtp]"));
  EXPECT_THAT(wait_for_restart("imapd", Settings{}, fresh),
              ElementsAre("threads", "[store]", "imap.listen"));
}

}  // namespace
}  // namespace conf

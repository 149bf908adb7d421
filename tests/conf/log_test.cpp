#include "conf/log.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace conf {
namespace {

std::string logged(const LogSettings& settings, Level level) {
  testing::internal::CaptureStderr();
  start_log("smtpd", settings);
  log(level, "delivered", {{"queue_id", 7}, {"reply", "250 ok"}});
  return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesALineForPeople) {
  EXPECT_TRUE(std::regex_match(
      logged({"info", "human"}, Level::kWarning),
      std::regex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z warning smtpd delivered "
                 "queue_id=7 reply=\"250 ok\"\n")));
}

TEST(Log, WritesALineForMachines) {
  EXPECT_TRUE(std::regex_match(
      logged({"info", "json"}, Level::kInfo),
      std::regex("\\{\"time\":\"[^\"]+Z\",\"level\":\"info\",\"program\":\"smtpd\",\"event\":"
                 "\"delivered\",\"queue_id\":\"7\",\"reply\":\"250 ok\"\\}\n")));
}

TEST(Log, LeavesOutWhatIsBelowTheLevel) {
  EXPECT_EQ(logged({"warning", "human"}, Level::kInfo), "");
  EXPECT_NE(logged({"debug", "human"}, Level::kDebug), "");
}

}  // namespace
}  // namespace conf

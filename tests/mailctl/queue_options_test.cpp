#include "mailctl/queue_options.hpp"

#include <gtest/gtest.h>

#include "mailctl/commands.hpp"

namespace mailctl {
namespace {

std::variant<Invocation, int> parse_words(std::vector<const char*> words) {
  words.insert(words.begin(), "mailctl");
  testing::internal::CaptureStderr();
  auto parsed = parse_command_line(static_cast<int>(words.size()), words.data());
  testing::internal::GetCapturedStderr();
  return parsed;
}

TEST(QueueOptions, FiltersCombine) {
  const auto parsed = parse_words({"queue", "hold", "--sender", "@a.test", "--domain", "b.test",
                                   "--older-than", "1h", "--newer-than", "2d", "--state",
                                   "deferred,held", "--state", "queued", "--json"});
  const auto& invocation = std::get<Invocation>(parsed);
  EXPECT_EQ(invocation.command, &queue_hold);
  EXPECT_EQ(invocation.options.format, Format::kJson);
  const auto& filter = invocation.options.queue.filter;
  EXPECT_TRUE(filter.sender.value().matches({"x", "a.test"}));
  EXPECT_TRUE(filter.domain.value().matches({"x", "b.test"}));
  EXPECT_EQ(filter.older_than, std::chrono::hours(1));
  EXPECT_EQ(filter.newer_than, std::chrono::hours(48));
  using mailstore::Stage;
  EXPECT_EQ(filter.stages, (std::vector{Stage::kDeferred, Stage::kHeld, Stage::kQueued}));
}

TEST(QueueOptions, NamesStandAnywhere) {
  const auto parsed = parse_words({"queue", "remove", "17", "--report", "e-18"});
  const auto& queue = std::get<Invocation>(parsed).options.queue;
  EXPECT_EQ(queue.names, (std::vector<std::string>{"17", "e-18"}));
  EXPECT_TRUE(queue.report);
}

TEST(QueueOptions, TraceTakesOneKey) {
  const auto parsed = parse_words({"trace", "<m@a.test>", "--limit", "3"});
  EXPECT_EQ(std::get<Invocation>(parsed).command, &trace);
  EXPECT_EQ(std::get<Invocation>(parsed).options.queue.limit, 3u);
}

TEST(QueueOptions, WhatIsNoFilterIsWrongUsage) {
  for (const std::vector<const char*>& words :
       std::vector<std::vector<const char*>>{{"queue", "list", "--sender", "alice"},
                                             {"queue", "list", "--domain", "a@b"},
                                             {"queue", "list", "--domain", ""},
                                             {"queue", "list", "--older-than", "1 hour"},
                                             {"queue", "list", "--state", "bounced"},
                                             {"queue", "list", "--limit", "0"},
                                             {"queue", "hold", "17", "--all"},
                                             {"queue", "hold", "17", "--report"},
                                             {"queue", "show"},
                                             {"queue", "show", "1", "2"},
                                             {"queue"},
                                             {"trace"},
                                             {"trace", "1", "2"}})
    EXPECT_EQ(std::get<int>(parse_words(words)), 2) << words[1];
}

}  // namespace
}  // namespace mailctl

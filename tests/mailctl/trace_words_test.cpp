#include "mailctl/trace_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mailctl {
namespace {

using mailstore::Event;
using mailstore::Step;

Step step(Event event, std::string recipient, std::string host, std::string reply,
          std::int64_t time = 1000) {
  Step step;
  step.time = time;
  step.queue = "e-7";
  step.recipient = std::move(recipient);
  step.event = event;
  step.host = std::move(host);
  step.reply = std::move(reply);
  return step;
}

Story story() {
  Story story;
  story.name = "e-7";
  story.message_id = "<m@example.test>";
  story.sender = "alice@example.test";
  story.steps = {step(Event::kAccepted, "", "192.0.2.7", ""),
                 step(Event::kDeferred, "bob@b.test", "mx.b.test", "451 \x1b[1mlater"),
                 step(Event::kDelivered, "bob@b.test", "mx.b.test", "250 ok", 1300)};
  story.steps[2].tls = "TLSv1.3 X verified";
  story.places.push_back(
      {"bob@b.test", "info@example.test", "delivered", "250 ok", {}, story.steps[2]});
  return story;
}

std::size_t lines(const std::string& page) {
  return static_cast<std::size_t>(std::ranges::count(page, '\n'));
}

TEST(TraceWords, APageTellsEachStepWithHostTlsAndReply) {
  const std::string page = page_of(story(), 2000);
  for (const char* part :
       {"queue id    e-7\n", "Message-ID  <m@example.test>\n", "from        alice@example.test\n",
        "now         bob@b.test (as info@example.test): delivered at mx.b.test, TLSv1.3 X verified",
        "accepted from 192.0.2.7, plain text\n", "deferred bob@b.test at mx.b.test, plain text\n",
        "451 \\x1b[1mlater\n", "delivered bob@b.test at mx.b.test, TLSv1.3 X verified\n"})
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
}

TEST(TraceWords, WhatHappenedOverAndOverIsToldOnce) {
  Story repeated = story();
  for (int i = 0; i < 60; ++i) {
    repeated.steps.push_back(step(Event::kDeferred, "carol@c.test", "", "451 no route", 2000 + i));
    repeated.steps.push_back(step(Event::kDeferred, "dave@d.test", "", "451 no route", 2000 + i));
  }
  const std::string page = page_of(repeated, 3000);
  EXPECT_NE(page.find("deferred carol@c.test here\n"), std::string::npos) << page;
  EXPECT_NE(page.find("60 times, the last one "), std::string::npos) << page;
  EXPECT_LT(lines(page), 40u) << page;
}

TEST(TraceWords, AVeryLongStoryStillFitsAScreen) {
  Story endless = story();
  for (int i = 0; i < 500; ++i)
    endless.steps.push_back(
        step(Event::kDeferred, "carol@c.test", "", "451 " + std::to_string(i), 2000 + i));
  endless.places.resize(300, endless.places[0]);
  const std::string page = page_of(endless, 3000);
  EXPECT_NE(page.find("more steps; --json has them all"), std::string::npos) << page;
  EXPECT_NE(page.find("451 499"), std::string::npos) << "the last one is what matters";
  EXPECT_NE(page.find("and 290 more"), std::string::npos);
  EXPECT_LT(lines(page), 55u);
  EXPECT_EQ(object_of(endless).at("steps").as_array().size(), 503u);
}

TEST(TraceWords, SaysWhatIsNotKnown) {
  Story unknown;
  unknown.name = "e-7";
  const std::string page = page_of(unknown, 2000);
  EXPECT_NE(page.find("left the queue; how is not in the history"), std::string::npos);
  EXPECT_NE(page.find("The history has no step of it."), std::string::npos);
}

TEST(TraceWords, ARowSumsUp) {
  Story many = story();
  many.places.push_back({"carol@c.test", "", "deferred", "", {}, {}});
  many.places.push_back({"dave@d.test", "", "deferred", "", {}, {}});
  const Row row = row_of(many);
  EXPECT_EQ(row.cells.at(1), "e-7");
  EXPECT_EQ(row.cells.at(3), "bob@b.test and 2 more");
  EXPECT_EQ(row.cells.at(4), "2 deferred, 1 delivered");
  EXPECT_EQ(row_of(story()).cells.at(4), "delivered");
}

TEST(TraceWords, JsonHasEveryField) {
  const auto object = object_of(story());
  const auto& last = object.at("steps").at(2);
  EXPECT_EQ(last.at("time").as_string(), "1970-01-01T00:00:01.300Z");
  EXPECT_EQ(last.at("event").as_string(), "delivered");
  EXPECT_EQ(last.at("tls").as_string(), "TLSv1.3 X verified");
  EXPECT_EQ(last.at("host").as_string(), "mx.b.test");
  EXPECT_EQ(last.at("reply").as_string(), "250 ok");
  EXPECT_EQ(object.at("recipients").at(0).at("state").as_string(), "delivered");
}

}  // namespace
}  // namespace mailctl

#include "mailctl/trace_story.hpp"

#include "tests/mailctl/queued.hpp"
#include "tests/temporary_folder.hpp"

namespace mailctl {
namespace {

using mailstore::Event;
using mailstore::Step;
using Names = std::vector<std::string>;

Step step(const std::string& queue, Event event, std::string recipient = "",
          std::string reply = "") {
  Step step;
  step.time = 1000;
  step.queue = queue;
  step.message_id = "<letter@example.test>";
  step.sender = "alice@example.test";
  step.recipient = std::move(recipient);
  step.event = event;
  step.reply = std::move(reply);
  return step;
}

class TraceStoryTest : public testing::Test {
 protected:
  void write(const std::vector<Step>& steps) const { write_history(folder_.path(), steps); }
  std::optional<Story> tell(const std::string& name) const {
    return tell_story(name, mailstore::QueueControl(folder_.path()),
                      mailstore::HistoryReader(folder_.path()));
  }
  Names find(const std::string& key, std::size_t most = 10) const {
    return find_messages(key, most, mailstore::QueueControl(folder_.path()),
                         mailstore::HistoryReader(folder_.path()));
  }
  tests::TemporaryFolder folder_;
};

TEST_F(TraceStoryTest, WhatLeftTheQueueIsWhereItsLastStepLeftIt) {
  write({step("e-7", Event::kAccepted), step("e-7", Event::kDeferred, "bob@b.test", "451 later"),
         step("e-7", Event::kDelivered, "bob@b.test", "250 ok"),
         step("e-7", Event::kFailed, "carol@c.test", "550 no"),
         step("e-7", Event::kRemoved, "dave@d.test"), step("e-7", Event::kDeferred, "eve@e.test")});
  const Story story = tell("e-7").value();
  EXPECT_FALSE(story.in_queue);
  ASSERT_EQ(story.places.size(), 4u);
  EXPECT_EQ(story.places[0].state, "delivered");
  EXPECT_EQ(story.places[0].reply, "250 ok");
  EXPECT_EQ(story.places[1].state, "failed");
  EXPECT_EQ(story.places[2].state, "removed");
  EXPECT_EQ(story.places[3].state, "unknown");
  EXPECT_EQ(story.sender, "alice@example.test");
}

TEST_F(TraceStoryTest, TheQueueKnowsBetterThanTheHistory) {
  const std::string name = enqueue(folder_.path(), letter_to({"bob@b.test", "carol@c.test"}));
  defer(folder_.path(), name, "451 later");
  const Story story = tell(name).value();
  EXPECT_TRUE(story.in_queue);
  EXPECT_TRUE(story.steps.empty());
  ASSERT_EQ(story.places.size(), 2u);
  EXPECT_EQ(story.places[0].state, "deferred");
  EXPECT_EQ(story.places[0].reply, "451 later");
  EXPECT_EQ(story.places[1].state, "queued");
}

TEST_F(TraceStoryTest, NobodyKnowsOfIt) {
  EXPECT_FALSE(tell("e-7"));
  EXPECT_TRUE(find("<x@y.test>").empty());
  EXPECT_TRUE(find("bob@b.test").empty());
  EXPECT_TRUE(find("nonsense").empty());
}

TEST_F(TraceStoryTest, FindsByNameMessageIdAndAddressInQueueAndHistory) {
  const std::string name = enqueue(folder_.path(), letter_to({"bob@b.test"}));
  write({step("old-7", Event::kAccepted), step("old-7", Event::kDelivered, "bob@b.test")});
  EXPECT_EQ(find(name), Names{name});
  EXPECT_EQ(find(name.substr(name.rfind('-') + 1)), Names{name});
  EXPECT_EQ(find("old-7"), Names{"old-7"}) << "of a queue that is no more";
  const Names both{"old-7", name};
  for (const char* key : {"<letter@example.test>", "letter@example.test", "bob@b.test",
                          "<bob@b.test>", "alice@example.test"})
    EXPECT_EQ(find(key), both) << key;
  EXPECT_EQ(find("bob@b.test", 1).size(), 1u);
}

}  // namespace
}  // namespace mailctl

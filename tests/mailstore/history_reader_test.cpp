#include "mailstore/history_reader.hpp"

#include <gtest/gtest.h>

#include "mailstore/schema.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {
namespace {

using Names = std::vector<std::string>;

Step step(std::string queue, Event event, std::int64_t time, std::string recipient = "") {
  Step step;
  step.time = time;
  step.queue = std::move(queue);
  step.message_id = "<" + step.queue + "@a.test>";
  step.sender = "alice@a.test";
  step.recipient = std::move(recipient);
  step.event = event;
  return step;
}

class HistoryReaderTest : public testing::Test {
 protected:
  void write(const std::vector<Step>& steps) const { write_history(folder_.path(), steps); }
  HistoryReader reader() const { return HistoryReader(folder_.path()); }
  tests::TemporaryFolder folder_;
};

TEST_F(HistoryReaderTest, FindsNothingWhereThereIsNoHistory) {
  EXPECT_TRUE(reader().steps("e-1").empty());
  EXPECT_TRUE(reader().with_message_id("<x@y>", 5).empty());
  EXPECT_TRUE(reader().of_address("a@b.test", 5).empty());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "history.db"));
}

TEST_F(HistoryReaderTest, AcceptanceComesFirstThoughItWasToldLater) {
  write({step("e-1", Event::kDelivered, 100, "bob@b.test"), step("e-1", Event::kAccepted, 100)});
  const auto steps = reader().steps("e-1");
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].event, Event::kAccepted);
}

TEST_F(HistoryReaderTest, FindsAMessageIdWithAndWithoutBrackets) {
  write({step("e-1", Event::kAccepted, 1), step("e-2", Event::kAccepted, 2)});
  EXPECT_EQ(reader().with_message_id("<e-1@a.test>", 5), Names{"e-1"});
  EXPECT_EQ(reader().with_message_id("e-1@a.test", 5), Names{"e-1"});
  EXPECT_TRUE(reader().with_message_id("", 5).empty());
}

TEST_F(HistoryReaderTest, FindsAnAddressAsSenderRecipientAndAsItWasNamed) {
  Step aliased = step("e-3", Event::kDelivered, 3, "bob@b.test");
  aliased.original = "info@b.test";
  write(
      {step("e-1", Event::kAccepted, 1), step("e-2", Event::kDelivered, 2, "bob@b.test"), aliased});
  EXPECT_EQ(reader().of_address("ALICE@a.test", 5), Names{"e-1"});
  EXPECT_EQ(reader().of_address("bob@B.test", 5), (Names{"e-3", "e-2"}));
  EXPECT_EQ(reader().of_address("info@b.test", 5), Names{"e-3"});
  EXPECT_TRUE(reader().of_address("b.test", 5).empty());
}

TEST_F(HistoryReaderTest, FindsBothSpellingsOfAnInternationalDomain) {
  write({step("e-1", Event::kDelivered, 1, "bob@xn--bcher-kva.test"),
         step("e-2", Event::kDelivered, 2, "bob@bücher.test")});
  EXPECT_EQ(reader().of_address("bob@bücher.test", 5).size(), 2u);
  EXPECT_EQ(reader().of_address("bob@xn--bcher-kva.test", 5).size(), 2u);
}

TEST_F(HistoryReaderTest, GivesTheLatestAndNoMoreThanAskedFor) {
  std::vector<Step> steps;
  for (int i = 0; i < 50; ++i)
    steps.push_back(step("e-" + std::to_string(i), Event::kDelivered, i, "bob@b.test"));
  steps.push_back(step("e-7", Event::kDelivered, 60, "bob@b.test"));
  write(steps);
  EXPECT_EQ(reader().of_address("bob@b.test", 3), (Names{"e-7", "e-49", "e-48"}));
}

TEST_F(HistoryReaderTest, SearchesByIndexAlone) {
  write({});
  Database database(folder_.path() / "history.db");
  for (const std::string where :
       {"message_id = 'x' AND event = 0", "sender = 'x' COLLATE NOCASE AND event = 0",
        "recipient = 'x' COLLATE NOCASE AND recipient <> ''",
        "original = 'x' COLLATE NOCASE AND original <> ''"}) {
    std::string plan;
    for (Statement row = database.query("EXPLAIN QUERY PLAN SELECT queue, id FROM step WHERE " +
                                        where + " ORDER BY id DESC");
         row.step();)
      plan += row.string(3) + "\n";
    EXPECT_NE(plan.find("USING INDEX step_"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
  }
}

TEST_F(HistoryReaderTest, RefusesAFileOfALaterVersion) {
  write({});
  { Database(folder_.path() / "history.db").script("PRAGMA user_version = 99"); }
  EXPECT_THROW(reader(), StoreError);
}

}  // namespace
}  // namespace mailstore

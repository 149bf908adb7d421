#include "mua/sync/local_search.hpp"

#include "mua/query.hpp"
#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class LocalSearchTest : public StoreTrial {
 protected:
  std::vector<MessageId> find(const std::string& query) {
    return search.find(inbox, *parse_query(query), 10).messages;
  }
  void read(MessageId id, const std::string& text) {
    mail::imap::BodyPart part;
    part.number = "1";
    part.type = "text";
    part.subtype = "plain";
    part.encoding = "7bit";
    part.parameters = {{"charset", "utf-8"}};
    bodies.keep_structure(id, part);
    bodies.append(id, "1", text, Bodies::Piece::kLast);
    bodies.index_text(id);
    bodies.index_text(id);
  }
  using Ids = std::vector<MessageId>;
  LocalSearch search{store};
};

TEST_F(LocalSearchTest, FindsHeadersInEveryScript) {
  const MessageId a = put(1, "Quarterly Report"), b = put(2, "회의록 공유");
  EXPECT_EQ(find("quarter"), Ids{a});
  EXPECT_EQ(find("회의록"), Ids{b});
  EXPECT_EQ(find("회의"), Ids{b}) << "too short for the index";
  EXPECT_EQ(find("subject:report"), Ids{a});
  EXPECT_EQ(find("from:ann"), (Ids{b, a}));
  EXPECT_EQ(find("to:miller -report"), Ids{b});
  EXPECT_EQ(find("from:miller"), Ids{}) << "the index knows no fields, the verdict does";
}

TEST_F(LocalSearchTest, FindsTextsThatWereRead) {
  const MessageId a = put(1), b = put(2);
  read(a, "the budget is 3,000");
  read(b, "nothing");
  EXPECT_EQ(find("BUDGET"), Ids{a});
  EXPECT_EQ(find("body:\"budget is\""), Ids{a});
  EXPECT_EQ(find("budget nothing"), Ids{});
}

TEST_F(LocalSearchTest, KnowsFlagsDatesAndSizes) {
  const MessageId a = put(1), b = put(2);
  writer.set_flags(inbox, 1, {mail::kSeen, {"$Work"}});
  EXPECT_EQ(find("is:unread"), Ids{b});
  EXPECT_EQ(find("is:read"), Ids{a});
  EXPECT_EQ(find("keyword:$work"), Ids{a});
  EXPECT_EQ(find("larger:1001"), Ids{b});
  EXPECT_EQ(find("after:2023-11-14"), (Ids{b, a}));
  EXPECT_EQ(find("before:2023-11-14"), Ids{});
}

TEST_F(LocalSearchTest, StopsWhenThereIsEnough) {
  for (std::uint32_t uid = 1; uid <= 5; ++uid) put(uid, "same");
  const LocalFound found = search.find(std::nullopt, *parse_query("same"), 3);
  EXPECT_EQ(found.messages.size(), 3u);
  EXPECT_TRUE(found.more);
  EXPECT_EQ(list.row(found.messages[0])->uid, 5u);
  EXPECT_TRUE(search.find(trash, *parse_query("same"), 3).messages.empty());
}

TEST_F(LocalSearchTest, StopsWhenNobodyWantsItAnyMore) {
  for (std::uint32_t uid = 1; uid <= 5; ++uid) put(uid, "same");
  int looked_at = 0;
  const auto wanted = [&] { return ++looked_at <= 2; };
  EXPECT_EQ(search.find(std::nullopt, *parse_query("sa"), 10, wanted).messages.size(), 2u);
}

}  // namespace
}  // namespace mua::sync

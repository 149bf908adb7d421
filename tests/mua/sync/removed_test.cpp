#include "mua/sync/removed.hpp"

#include "mua/query.hpp"
#include "mua/sync/local_search.hpp"
#include "tests/mua/sync/store_trial.hpp"

namespace mua::sync {
namespace {

class RemovedTest : public StoreTrial {
 protected:
  std::int64_t in_index(const char* table, const std::string& trigram) {
    return *store.database().integer(
        "SELECT count(*) FROM " + std::string(table) + " WHERE " + table + " MATCH ?", trigram);
  }
  MessageId read(std::uint32_t uid, const std::string& subject, const std::string& text) {
    const MessageId id = put(uid, subject);
    mail::imap::BodyPart part;
    part.type = "text";
    part.subtype = "plain";
    part.number = "1";
    bodies.keep_structure(id, part);
    bodies.append(id, "1", text, Bodies::Piece::kLast);
    bodies.index_text(id);
    return id;
  }
};

TEST_F(RemovedTest, WhatIsGoneLeavesTheIndexesLittleByLittle) {
  read(1, "harbour dues", "a silver needle");
  read(2, "harbour bell", "a golden needle");
  const MessageId kept = read(3, "harbour light", "a wooden needle");
  writer.vanish(inbox, mail::SequenceSet::of({1, 2}));
  EXPECT_EQ(in_index("header_text", "har"), 3);
  EXPECT_EQ(LocalSearch(store).find(inbox, *parse_query("needle"), 9).messages,
            std::vector<MessageId>{kept});
  EXPECT_EQ(reclaim_removed(store, 1), 1u);
  EXPECT_EQ(in_index("header_text", "har"), 2);
  EXPECT_EQ(reclaim_removed(store, 9), 1u);
  EXPECT_EQ(reclaim_removed(store, 9), 0u);
  EXPECT_EQ(in_index("header_text", "har"), 1);
  EXPECT_EQ(in_index("body_text", "nee"), 1);
  EXPECT_EQ(in_index("body_text", "sil"), 0);
  EXPECT_EQ(store.database().integer("SELECT count(*) FROM part"), 1);
  EXPECT_EQ(LocalSearch(store).find(inbox, *parse_query("needle"), 9).messages,
            std::vector<MessageId>{kept});
}

TEST_F(RemovedTest, WhatWasNeverReadGoesToo) {
  put(1, "harbour dues");
  writer.vanish(inbox, mail::SequenceSet::of({1}));
  EXPECT_EQ(reclaim_removed(store, 9), 1u);
  EXPECT_EQ(in_index("header_text", "har"), 0);
}

}  // namespace
}  // namespace mua::sync

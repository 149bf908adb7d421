#include "mua/sync/thread_order.hpp"

#include <gtest/gtest.h>

namespace mua::sync {
namespace {

ThreadMember member(MessageId id, std::vector<std::string> references) {
  ThreadMember out;
  out.row.id = out.row.date = id;
  out.message_id = std::to_string(id);
  out.references = std::move(references);
  return out;
}

std::string drawn(std::vector<ThreadMember> members) {
  std::string out;
  for (const Row& row : in_thread_order(std::move(members))) {
    out += std::string(row.depth, '.') + std::to_string(row.id) + " ";
  }
  return out;
}

TEST(ThreadOrder, AnswersStandBelowWhatTheyAnswer) {
  EXPECT_EQ(drawn({member(4, {"1"}), member(3, {"1", "2"}), member(2, {"1"}), member(1, {})}),
            "1 .2 ..3 .4 ");
}

TEST(ThreadOrder, WhatIsMissingIsPassedOver) {
  EXPECT_EQ(drawn({member(1, {}), member(3, {"1", "2"}), member(5, {"9"})}), "1 .3 5 ");
}

TEST(ThreadOrder, CirclesAndDoubledIdsLoseNothing) {
  EXPECT_EQ(drawn({member(1, {"2"}), member(2, {"1"})}), "2 .1 ");
  EXPECT_EQ(drawn({member(1, {"1"})}), "1 ");
  ThreadMember twin = member(2, {});
  twin.message_id = "1";
  EXPECT_EQ(drawn({member(1, {}), twin}), "1 2 ");
}

}  // namespace
}  // namespace mua::sync

#include "smtpd/waiting_line.hpp"

#include <gtest/gtest.h>

namespace smtpd {
namespace {

const mail::Address kAlice{"alice", "example.test"};
const mail::Address kBob{"bob", "example.test"};

Parcel parcel(mailstore::QueueId id, std::vector<std::int32_t> recipients = {0}) {
  return {id, std::move(recipients)};
}

std::vector<mailstore::QueueId> drain(WaitingLine& line) {
  std::vector<mailstore::QueueId> ids;
  while (auto next = line.pop()) ids.push_back(next->id);
  return ids;
}

TEST(WaitingLine, SendersTakeTurns) {
  WaitingLine line;
  for (int id = 1; id <= 4; ++id) line.push(kAlice, parcel(id));
  line.push(kBob, parcel(10));
  line.push({}, parcel(20));
  EXPECT_EQ(line.size(), 6u);
  EXPECT_EQ(drain(line), (std::vector<mailstore::QueueId>{1, 10, 20, 2, 3, 4}));
  EXPECT_TRUE(line.empty());
}

TEST(WaitingLine, ASenderThatComesBackStandsBehind) {
  WaitingLine line;
  line.push(kAlice, parcel(1));
  line.push(kBob, parcel(2));
  line.push(kBob, parcel(3));
  EXPECT_EQ(line.pop()->id, 1);
  line.push(kAlice, parcel(4));
  EXPECT_EQ(drain(line), (std::vector<mailstore::QueueId>{2, 4, 3}));
}

TEST(WaitingLine, RecipientsJoinTheirMessage) {
  WaitingLine line;
  line.push(kAlice, parcel(1, {0, 1}));
  line.push(kAlice, parcel(2, {0}));
  line.push(kAlice, parcel(1, {4}));
  EXPECT_EQ(line.size(), 2u);
  EXPECT_EQ(line.pop()->recipients, (std::vector<std::int32_t>{0, 1, 4}));
}

TEST(WaitingLine, OnlyTheSameCopyOfAMessageIsKept) {
  const Message one = std::make_shared<mailstore::QueuedMessage>();
  const Message other = std::make_shared<mailstore::QueuedMessage>();
  WaitingLine line;
  line.push(kAlice, {1, {0}, one});
  line.push(kAlice, {1, {1}, one});
  line.push(kAlice, {2, {0}, one});
  line.push(kAlice, {2, {1}, other});
  EXPECT_EQ(line.pop()->message, one);
  EXPECT_EQ(line.pop()->message, nullptr);
}

TEST(WaitingLine, WhatWasPutBackIsNext) {
  WaitingLine line;
  line.push(kAlice, parcel(1));
  line.push(kAlice, parcel(2));
  Parcel taken = *line.pop();
  line.put_back(std::move(taken));
  EXPECT_EQ(line.size(), 2u);
  EXPECT_EQ(drain(line), (std::vector<mailstore::QueueId>{1, 2}));
}

TEST(WaitingLine, ForgetsMessagesAndKeepsTheirPlace) {
  const Message message = std::make_shared<mailstore::QueuedMessage>();
  WaitingLine line;
  line.push(kAlice, {1, {0}, message});
  line.push(kAlice, {2, {0}, message});
  line.put_back(*line.pop());
  line.forget_messages();
  EXPECT_EQ(message.use_count(), 1);
  EXPECT_EQ(drain(line), (std::vector<mailstore::QueueId>{1, 2}));
}

}  // namespace
}  // namespace smtpd

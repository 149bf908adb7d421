#include "mailstore/fetch_columns.hpp"

#include <gtest/gtest.h>

namespace mailstore {
namespace {

StoredMessage message(Uid uid, std::string envelope = "(e)", std::string structure = "(s)") {
  StoredMessage made;
  made.uid = uid;
  made.internal_date = -5;
  made.zone_minutes = -330;
  made.save_date = 1'700'000'000;
  made.content_id = (std::int64_t{1} << 40) + uid;
  made.size = (std::uint64_t{1} << 33) + 1;
  made.header_size = 300;
  made.envelope = std::move(envelope);
  made.body_structure = std::move(structure);
  return made;
}

FetchChunk chunk_of(const FetchChunkWriter& writer) {
  FetchChunk chunk;
  EXPECT_TRUE(chunk.take_numbers(writer.column(FetchColumn::kNumbers), writer.messages()));
  EXPECT_TRUE(chunk.take_texts(FetchColumn::kEnvelope, writer.column(FetchColumn::kEnvelope)));
  EXPECT_TRUE(
      chunk.take_texts(FetchColumn::kBodyStructure, writer.column(FetchColumn::kBodyStructure)));
  return chunk;
}

TEST(FetchColumns, GiveBackWhatWasPacked) {
  FetchChunkWriter writer;
  writer.add(message(7, "(one)", "(text)"));
  writer.add(message(9, std::string("(t\0o)", 5), "(" + std::string(70'000, 'x') + ")"));
  EXPECT_EQ(writer.first(), 7u);
  EXPECT_EQ(writer.last(), 9u);
  const FetchChunk chunk = chunk_of(writer);
  ASSERT_EQ(chunk.size(), 2u);
  EXPECT_EQ(chunk.uid(0), 7u);
  const StoredMessage second = chunk.message(1), expected = message(9);
  EXPECT_EQ(second.uid, expected.uid);
  EXPECT_EQ(second.internal_date, expected.internal_date);
  EXPECT_EQ(second.zone_minutes, expected.zone_minutes);
  EXPECT_EQ(second.save_date, expected.save_date);
  EXPECT_EQ(second.content_id, expected.content_id);
  EXPECT_EQ(second.size, expected.size);
  EXPECT_EQ(second.header_size, expected.header_size);
  EXPECT_EQ(second.envelope, std::string_view("(t\0o)", 5));
  EXPECT_EQ(second.body_structure.size(), 70'002u);
  EXPECT_EQ(chunk.message(0).body_structure, "(text)");
}

TEST(FetchColumns, AColumnThatIsNotTakenIsEmpty) {
  FetchChunkWriter writer;
  writer.add(message(1));
  FetchChunk chunk;
  ASSERT_TRUE(chunk.take_numbers(writer.column(FetchColumn::kNumbers), 1));
  ASSERT_TRUE(
      chunk.take_texts(FetchColumn::kBodyStructure, writer.column(FetchColumn::kBodyStructure)));
  EXPECT_EQ(chunk.message(0).envelope, "");
  EXPECT_EQ(chunk.message(0).body_structure, "(s)");
}

TEST(FetchColumns, DamageIsNoticed) {
  FetchChunkWriter writer;
  for (Uid uid = 1; uid <= 3; ++uid) writer.add(message(uid));
  const std::string numbers = writer.column(FetchColumn::kNumbers);
  const std::string texts = writer.column(FetchColumn::kEnvelope);
  FetchChunk chunk;
  EXPECT_FALSE(chunk.take_numbers(numbers, 4));
  EXPECT_FALSE(chunk.take_numbers(numbers.substr(1), 3));
  ASSERT_TRUE(chunk.take_numbers(numbers, 3));
  for (std::size_t size = 0; size < texts.size(); ++size)
    EXPECT_FALSE(chunk.take_texts(FetchColumn::kEnvelope, texts.substr(0, size))) << size;
  EXPECT_FALSE(chunk.take_texts(FetchColumn::kEnvelope, texts + "x"));
  std::string wrong = texts;
  wrong[3] = '\x7f';
  EXPECT_FALSE(chunk.take_texts(FetchColumn::kEnvelope, wrong));
  EXPECT_TRUE(chunk.take_texts(FetchColumn::kEnvelope, texts));
}

TEST(FetchColumns, AChunkHasBounds) {
  FetchChunkWriter many, large;
  while (!many.is_full()) many.add(message(many.last() + 1));
  EXPECT_EQ(many.messages(), 512u);
  const std::string text = "(" + std::string(60'000, 'x') + ")";
  while (!large.is_full()) large.add(message(large.last() + 1, text));
  EXPECT_EQ(large.messages(), 5u);
  EXPECT_TRUE(FetchChunkWriter::takes(message(1, text)));
  EXPECT_FALSE(FetchChunkWriter::takes(message(1, text, text)));
  EXPECT_FALSE(FetchChunkWriter::takes(message(1, "")));
}

}  // namespace
}  // namespace mailstore

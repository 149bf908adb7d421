#include "tls/deflate.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "tls/stream.hpp"

namespace tls {
namespace {

std::string drain(Inflater& inflater) {
  std::string all;
  for (std::string piece = inflater.inflate(); !piece.empty(); piece = inflater.inflate()) {
    EXPECT_LE(piece.size(), Inflater::kPiece + 16384);
    all += piece;
  }
  return all;
}

std::string response(int number) {
  return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(1000 + number) +
         " FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\n";
}

TEST(Deflate, WhatIsFlushedCanBeReadAtOnce) {
  Deflater out;
  Inflater in;
  for (int i = 0; i < 100; ++i) {
    in.feed(out.deflate(response(i), Deflater::End::kFlushed));
    EXPECT_EQ(drain(in), response(i));
  }
}

TEST(Deflate, WhatIsNotFlushedComesWithWhatIs) {
  Deflater out;
  Inflater in;
  std::string packed = out.deflate("one ", Deflater::End::kOpen);
  packed += out.deflate("two", Deflater::End::kFlushed);
  in.feed(packed);
  EXPECT_EQ(drain(in), "one two");
}

TEST(Deflate, OctetByOctet) {
  Deflater out;
  Inflater in;
  std::string all;
  for (const char octet : out.deflate(response(1) + response(2), Deflater::End::kFlushed)) {
    in.feed({&octet, 1});
    all += in.inflate();
    in.rest();
  }
  EXPECT_EQ(all, response(1) + response(2));
}

TEST(Deflate, RestingForgetsNothingThatIsReferredTo) {
  Deflater out;
  Inflater in;
  std::size_t first = 0, last = 0;
  for (int i = 0; i < 500; ++i) {
    const std::string packed = out.deflate(response(i), Deflater::End::kFlushed);
    (i == 0 ? first : last) = packed.size();
    out.rest();
    in.feed(packed);
    ASSERT_EQ(drain(in), response(i));
    in.rest();
  }
  EXPECT_LT(last, first / 2) << "what was said before makes it shorter, resting or not";
}

// A client's packer that is never at rest, and reaches back as far as DEFLATE can.
TEST(Deflate, RestingReadersFollowFarReferences) {
  z_stream zlib{};
  ASSERT_EQ(deflateInit2(&zlib, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string noise;
  for (unsigned i = 0, x = 1; i < 30000; ++i)
    noise += static_cast<char>((x = x * 1664525 + 7) >> 24);
  Inflater in;
  for (int round = 0; round < 4; ++round) {
    std::string packed(2 * noise.size(), '\0');
    zlib.next_in = reinterpret_cast<Bytef*>(noise.data());
    zlib.avail_in = static_cast<uInt>(noise.size());
    zlib.next_out = reinterpret_cast<Bytef*>(packed.data());
    zlib.avail_out = static_cast<uInt>(packed.size());
    ASSERT_EQ(deflate(&zlib, Z_SYNC_FLUSH), Z_OK);
    packed.resize(packed.size() - zlib.avail_out);
    if (round > 0) {
      EXPECT_LT(packed.size(), noise.size() / 10);
    }
    in.feed(packed);
    EXPECT_EQ(drain(in), noise);
    in.rest();
  }
  deflateEnd(&zlib);
}

TEST(Deflate, ReadersOfPartialFlushesKeepTheirPlace) {
  z_stream zlib{};
  ASSERT_EQ(deflateInit2(&zlib, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
  Inflater in;
  std::string all, expected;
  for (int i = 0; i < 50; ++i) {
    std::string text = response(i), packed(1000, '\0');
    zlib.next_in = reinterpret_cast<Bytef*>(text.data());
    zlib.avail_in = static_cast<uInt>(text.size());
    zlib.next_out = reinterpret_cast<Bytef*>(packed.data());
    zlib.avail_out = static_cast<uInt>(packed.size());
    ASSERT_EQ(deflate(&zlib, Z_PARTIAL_FLUSH), Z_OK);
    in.feed(std::string_view(packed).substr(0, packed.size() - zlib.avail_out));
    all += drain(in);
    in.rest();
    expected += text;
  }
  EXPECT_EQ(all, expected);
  deflateEnd(&zlib);
}

TEST(Deflate, GarbageIsNamed) {
  Inflater in;
  in.feed("a1 NOOP\r\n");
  try {
    drain(in);
    FAIL();
  } catch (const StreamError& error) {
    EXPECT_EQ(error.kind, StreamError::Kind::kDeflate);
  }
}

TEST(Deflate, TheEndOfTheStreamIsNoWayOut) {
  Inflater in;
  in.feed(std::string("\x03\x00", 2));  // a last block, empty
  EXPECT_THROW(drain(in), StreamError);
}

TEST(Deflate, ALargePieceOfNothingMuchComesInPieces) {
  Deflater out;
  Inflater in;
  const std::string zeros(10u << 20, '\0');
  in.feed(out.deflate(zeros, Deflater::End::kFlushed));
  EXPECT_EQ(drain(in).size(), zeros.size());
}

TEST(Deflate, ABombEnds) {
  Deflater out;
  Inflater in;
  const std::string packed = out.deflate(std::string(1u << 20, '\0'), Deflater::End::kFlushed);
  std::uint64_t unpacked = 0;
  EXPECT_THROW(
      {
        for (int i = 0; i < 200; ++i) {
          in.feed(packed);
          unpacked += drain(in).size();
        }
      },
      StreamError);
  EXPECT_LE(unpacked, Inflater::kFree);
}

TEST(Deflate, EmptyBlocksWithoutEndEnd) {
  Inflater in;
  std::string blocks;
  for (int i = 0; i < 1000; ++i) blocks += std::string("\0\0\0\xff\xff", 5);
  EXPECT_THROW(
      {
        for (int i = 0; i < 100; ++i) {
          in.feed(blocks);
          drain(in);
        }
      },
      StreamError);
}

}  // namespace
}  // namespace tls

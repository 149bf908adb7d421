#include "mail/dot_stuffing.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mail {
namespace {

struct Received {
  std::string message;
  std::string left;
  bool done = false;
  bool bare = false;
  bool operator==(const Received&) const = default;
};

Received receive(std::string_view octets, std::size_t chunk) {
  DotReceiver receiver;
  Received result;
  std::size_t at = 0;
  while (at < octets.size() && !receiver.done()) {
    const std::string_view piece = octets.substr(at, chunk);
    const std::size_t taken = receiver.feed(piece, result.message);
    at += taken;
    if (taken < piece.size()) break;
  }
  result.left = octets.substr(at);
  result.done = receiver.done();
  result.bare = receiver.bare_line_end();
  if (result.bare) result.message.clear();
  return result;
}

struct Case {
  std::string_view name, octets, message, left;
  bool done, bare;
};

class DotReceiverTest : public testing::TestWithParam<Case> {};

TEST_P(DotReceiverTest, GivesTheSameForEveryCut) {
  const Case& expected = GetParam();
  const Received want{std::string(expected.message), std::string(expected.left), expected.done,
                      expected.bare};
  for (std::size_t chunk = 1; chunk <= expected.octets.size() + 1; ++chunk) {
    EXPECT_EQ(receive(expected.octets, chunk), want) << "cut into " << chunk;
  }
}

const std::array kCases{
    Case{"Empty", ".\r\nQUIT", "", "QUIT", true, false},
    Case{"OneLine", "a\r\n.\r\n", "a\r\n", "", true, false},
    Case{"EmptyLines", "\r\n\r\n.\r\n", "\r\n\r\n", "", true, false},
    Case{"StuffedDots", "..\r\n...a\r\n.b\r\n.\r\n", ".\r\n..a\r\nb\r\n", "", true, false},
    Case{"DotInside", "a.\r\nb.c\r\n.\r\n", "a.\r\nb.c\r\n", "", true, false},
    Case{"Unfinished", "a\r\n.", "a\r\n", "", false, false},
    Case{"BareLf", "a\nb\r\n.\r\nX", "", "X", true, true},
    Case{"BareCr", "a\rb\r\n.\r\nX", "", "X", true, true},
    Case{"LfDotLf", "a\n.\nMAIL\r\n.\r\nX", "", "X", true, true},
    Case{"LfDotCrLf", "a\n.\r\nMAIL\r\n.\r\nX", "", "X", true, true},
    Case{"CrDotCr", "a\r.\rMAIL\r\n.\r\nX", "", "X", true, true},
    Case{"CrLfDotLf", "a\r\n.\nMAIL\r\n.\r\nX", "", "X", true, true},
    Case{"CrLfDotCr", "a\r\n.\rMAIL\r\n.\r\nX", "", "X", true, true},
    Case{"CrCrLf", "a\r\r\n.\r\nX", "", "X", true, true},
    Case{"DotCrCrLf", "a\r\n.\r\r\n.\r\nX", "", "X", true, true},
    Case{"FirstLf", "\n.\r\n.\r\nX", "", "X", true, true},
};

INSTANTIATE_TEST_SUITE_P(Texts, DotReceiverTest, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(DotReceiver, StaysLinearWithoutAnyLineEnd) {
  const std::string crs(1 << 20, '\r');
  const std::string lfs(1 << 20, '\n');
  const std::string dots(1 << 20, '.');
  for (const std::string& hostile : {crs, lfs, dots}) {
    EXPECT_FALSE(receive(hostile, 1 << 16).done);
    EXPECT_EQ(receive(hostile, 1 << 16).left, "");
  }
}

TEST(DotSender, StuffsAndEnds) {
  EXPECT_EQ(dot_stuff(""), ".\r\n");
  EXPECT_EQ(dot_stuff("a\r\n"), "a\r\n.\r\n");
  EXPECT_EQ(dot_stuff("a"), "a\r\n.\r\n");
  EXPECT_EQ(dot_stuff(".\r\n..b\r\nc.\r\n"), "..\r\n...b\r\nc.\r\n.\r\n");
}

TEST(DotSender, WhatItSendsIsReceivedUnchangedForEveryCut) {
  const std::string message = ".a\r\n\r\n..\r\n.\r\nend.\r\n";
  for (std::size_t chunk = 1; chunk <= message.size(); ++chunk) {
    DotSender sender;
    std::string sent;
    for (std::size_t at = 0; at < message.size(); at += chunk) {
      sender.feed(std::string_view(message).substr(at, chunk), sent);
    }
    sender.finish(sent);
    EXPECT_EQ(sent, dot_stuff(message));
    EXPECT_EQ(receive(sent, sent.size()).message, message);
  }
}

}  // namespace
}  // namespace mail

#include "mailstore/search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/mailstore/search_fixture.hpp"

namespace mailstore {
namespace {

TEST_F(SearchTest, TextIsLookedForWhereTheKeySays) {
  add("Subject: green apples\r\nFrom: x@example.test\r\n\r\nblue sky\r\n");
  add("Subject: blue\r\n\r\ngreen apples\r\n");
  for (bool indexed : {false, true}) {
    if (indexed) index_all();
    EXPECT_EQ(find(text_key(Kind::kHeader, "GREEN app", "subject")), (Uids{1}));
    EXPECT_EQ(find(text_key(Kind::kHeader, "green", "from")), Uids{});
    EXPECT_EQ(find(text_key(Kind::kHeader, "", "from")), (Uids{1}));
    EXPECT_EQ(find(text_key(Kind::kBody, "green")), (Uids{2}));
    EXPECT_EQ(find(text_key(Kind::kText, "green")), (Uids{1, 2}));
    EXPECT_EQ(find(text_key(Kind::kText, "subject: b")), (Uids{2}));
    EXPECT_EQ(find(text_key(Kind::kText, "")), (Uids{1, 2}));
    EXPECT_EQ(find(text_key(Kind::kBody, "\"quoted\" AND")), Uids{});
  }
}

TEST_F(SearchTest, ShortTextsOfEveryScriptAreFound) {
  add("Subject: =?utf-8?b?7JWI64WV?=\r\n\r\n");  // 안녕 ends the text
  add("Content-Type: text/plain; charset=utf-8\r\n\r\n東京都\r\n");
  add("Content-Type: text/plain; charset=utf-8\r\n\r\n🎉\r\n");
  index_all();
  EXPECT_EQ(find(text_key(Kind::kText, "안녕")), (Uids{1}));
  EXPECT_EQ(find(text_key(Kind::kText, "녕")), (Uids{1}));
  EXPECT_EQ(find(text_key(Kind::kBody, "京都")), (Uids{2}));
  EXPECT_EQ(find(text_key(Kind::kBody, "都")), (Uids{2}));
  EXPECT_EQ(find(text_key(Kind::kBody, "🎉")), (Uids{3}));
  EXPECT_EQ(find(text_key(Kind::kBody, "京東")), Uids{});
}

TEST_F(SearchTest, AMailboxThatIsGoneIsSaid) {
  auto made = create_mailbox(account, "Gone");
  MailboxView empty = *open_mailbox(account, made->id, RecentClaim::kLeave);
  ASSERT_TRUE(delete_mailbox(account, "Gone"));
  EXPECT_EQ(search(account, made->id, empty, key(Kind::kAll)).error(), Failure::kNoSuchMailbox);
}

/// Mail in many scripts and encodings, and texts that may be in it.
class Generator {
 public:
  std::string message() {
    std::string octets = "From: " + encoded_words(words(1)) + " <a@example.test>\r\n";
    octets += "Subject: " + encoded_words(words(3)) + "\r\n";
    if (number(2) == 0) return octets + "\r\n" + words(2);  // no charset, raw UTF-8
    octets += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
    octets += "Content-Transfer-Encoding: base64\r\n\r\n";
    return octets + base64(words(number(40))) + "\r\n";
  }
  std::string needle() {
    std::string text = words(1 + number(2));
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i <= text.size(); ++i)
      if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) at.push_back(i);
    std::size_t first = number(at.size() - 1);
    std::size_t last = std::min(at.size() - 1, first + 1 + number(5));
    return text.substr(at[first], at[last] - at[first]);
  }
  std::size_t number(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }

 private:
  std::string words(std::size_t count) {
    static const std::vector<std::string> kWords = {"안녕하세요",
                                                    "파발",
                                                    "각",
                                                    "가",
                                                    "東京都",
                                                    "ｶﾀｶﾅ",
                                                    "ひらがな",
                                                    "مرحبا",
                                                    "العربية",
                                                    "🎉🎊",
                                                    "👨‍👩‍👧",
                                                    "Straße",
                                                    "STRASSE",
                                                    "naïve",
                                                    "nai\u0308ve",
                                                    "İstanbul",
                                                    "ſharp",
                                                    "ﬁne",
                                                    "a\"b",
                                                    "x AND y",
                                                    "NEAR(",
                                                    "50%",
                                                    "Ελλάς",
                                                    "abc",
                                                    "ABCD",
                                                    "\u200d",
                                                    "é",
                                                    "e\u0301x",
                                                    "—",
                                                    "ab",
                                                    "c"};
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
      text += (i > 0 && number(3) > 0 ? " " : "") + kWords[number(kWords.size())];
    return text;
  }
  /// Words of a few octets each, wherever that splits a character.
  std::string encoded_words(const std::string& text) {
    std::string words;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t length = 1 + number(9);
      words += (i > 0 ? "\r\n " : "") + ("=?UTF-8?B?" + base64(text.substr(i, length)) + "?=");
      i += length;
    }
    return words;
  }
  static std::string base64(const std::string& octets) {
    static const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < octets.size(); i += 3) {
      std::uint32_t bits = 0;
      for (std::size_t n = 0; n < 3; ++n)
        bits = bits << 8 | (i + n < octets.size() ? static_cast<unsigned char>(octets[i + n]) : 0u);
      for (std::size_t n = 0; n < 4; ++n)
        text += i + n > octets.size() ? '=' : kDigits[bits >> (18 - 6 * n) & 63];
    }
    return text;
  }

  std::mt19937 random_{20240229};
};

SearchKey random_text_key(Generator& generator) {
  switch (generator.number(4)) {
    case 0: return text_key(Kind::kBody, generator.needle());
    case 1: return text_key(Kind::kHeader, generator.needle(), "subject");
    case 2: return text_key(Kind::kHeader, generator.needle(), "from");
    default: return text_key(Kind::kText, generator.needle());
  }
}

TEST_F(SearchTest, TheAnswerIsThatOfAScan) {
  Generator generator;
  for (int i = 0; i < 120; ++i) add(generator.message());
  std::vector<std::pair<SearchKey, Uids>> asked;
  for (int i = 0; i < 150; ++i) {
    SearchKey sought = random_text_key(generator);
    if (i % 5 == 0) sought = with_children(Kind::kNot, {sought});
    if (i % 7 == 0) sought = with_children(Kind::kOr, {sought, random_text_key(generator)});
    asked.emplace_back(sought, find(sought));
  }
  std::size_t found = 0;
  for (std::size_t covered : {0u, 50u, 120u}) {
    while (covered > 0 && index_more(account, 50) == 50) {
    }
    for (const auto& [sought, scanned] : asked) {
      ASSERT_EQ(find(sought), scanned) << sought.text << " " << static_cast<int>(sought.kind);
      found += scanned.size();
    }
  }
  EXPECT_GT(found, 500u);
}

TEST_F(SearchTest, APauseAfterEveryMessageChangesNothing) {
  Generator generator;
  for (int i = 0; i < 60; ++i) add(generator.message(), {}, i % 3 * kDay);
  index_more(account, 20);
  for (int i = 0; i < 40; ++i) {
    auto sought = with_children(Kind::kAnd,
                                {random_text_key(generator), day_key(Kind::kBefore, "3-Jan-1970")});
    if (i % 3 == 0)
      sought = with_children(Kind::kOr,
                             {sought, with_children(Kind::kNot, {random_text_key(generator)})});
    const auto seen = view();
    SearchRun run(inbox, seen, sought, 100 * kDay);
    int slices = 1;
    while (!run.step(account, Slice(Slice::Clock::duration(0))).done) ++slices;
    EXPECT_EQ(run.take().value(), find(sought));
    EXPECT_GT(slices, 1);
  }
}

TEST_F(SearchTest, WhatVanishesInAPauseIsNotFound) {
  for (int i = 0; i < 5; ++i) add("Subject: a\r\n\r\nsought\r\n");
  const auto seen = view();
  const auto sought = text_key(Kind::kBody, "sought");
  SearchRun run(inbox, seen, sought);
  EXPECT_FALSE(run.step(account, Slice(Slice::Clock::duration(0))).done);
  remove("1,4");
  EXPECT_TRUE(run.step(account, Slice::endless()).done);
  EXPECT_EQ(run.take().value(), (Uids{1, 2, 3, 5}));
}

}  // namespace
}  // namespace mailstore

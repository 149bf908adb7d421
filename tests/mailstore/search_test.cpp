#include "mailstore/search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "mail/date.hpp"
#include "mailstore/append.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/search_index.hpp"
#include "tests/mailstore/temporary_folder.hpp"

namespace mailstore {
namespace {

using mail::SearchKey;
using Kind = SearchKey::Kind;
using Uids = std::vector<Uid>;

constexpr std::int64_t kDay = 86400;

SearchKey key(Kind kind) {
  SearchKey made;
  made.kind = kind;
  return made;
}
SearchKey with_children(Kind kind, std::vector<SearchKey> children) {
  SearchKey made = key(kind);
  made.children = std::move(children);
  return made;
}
SearchKey text_key(Kind kind, std::string text, std::string field = "") {
  SearchKey made = key(kind);
  made.text = std::move(text);
  made.field = std::move(field);
  return made;
}
SearchKey number_key(Kind kind, std::uint64_t number) {
  SearchKey made = key(kind);
  made.number = number;
  return made;
}
SearchKey day_key(Kind kind, std::string_view day) {
  SearchKey made = key(kind);
  made.day = mail::parse_search_date(day).value();
  return made;
}
SearchKey set_key(Kind kind, std::string_view set) {
  SearchKey made = key(kind);
  made.set = mail::SequenceSet::parse(set).value();
  return made;
}
SearchKey flag_key(std::uint8_t flag) {
  SearchKey made = key(Kind::kFlag);
  made.system = flag;
  return made;
}

struct SearchTest : ::testing::Test {
  TemporaryFolder folder;
  Account account{1, folder.path() / "1", 4096, nullptr};
  MailboxId inbox = find_mailbox(account, "INBOX")->id;

  Uid add(std::string octets, mail::FlagSet flags = {}, std::int64_t date = 1000,
          std::int32_t zone = 0) {
    NewMessage message;
    message.content = Content::of(std::move(octets));
    message.flags = std::move(flags);
    message.internal_date = date;
    message.zone_minutes = zone;
    return append(account, inbox, {message})->messages[0].uid;
  }
  MailboxView view() { return *open_mailbox(account, inbox, RecentClaim::kLeave); }
  Uids find(const SearchKey& sought, std::int64_t now = 100 * kDay) {
    return search(account, inbox, view(), sought, now).value();
  }
  void index_all(std::size_t batch = 100) {
    while (index_more(account, batch) > 0) {
    }
  }
  void remove(const std::string& uids) {
    auto ranges = mail::SequenceSet::parse(uids)->ranges();
    ASSERT_TRUE(store_flags(account, inbox, ranges, FlagChange::kAdd, {mail::kDeleted, {}}));
    ASSERT_TRUE(expunge(account, inbox, ranges));
  }
};

TEST_F(SearchTest, ByFlagsAndNumbers) {
  add("a\r\n", {mail::kSeen, {}});
  add("bb\r\n", {mail::kFlagged, {"$label1"}});
  add("ccc\r\n", {mail::kSeen | mail::kFlagged, {}});
  EXPECT_EQ(find(key(Kind::kAll)), (Uids{1, 2, 3}));
  EXPECT_EQ(find(flag_key(mail::kSeen)), (Uids{1, 3}));
  EXPECT_EQ(find(text_key(Kind::kKeyword, "$LABEL1")), (Uids{2}));
  EXPECT_EQ(find(text_key(Kind::kKeyword, "other")), Uids{});
  EXPECT_EQ(find(key(Kind::kRecent)), (Uids{1, 2, 3}));
  EXPECT_EQ(find(number_key(Kind::kLarger, 4)), (Uids{3}));
  EXPECT_EQ(find(number_key(Kind::kSmaller, 4)), (Uids{1}));
  EXPECT_EQ(find(number_key(Kind::kModSeq, view().messages[1].mod_seq)), (Uids{2, 3}));
  EXPECT_EQ(find(with_children(Kind::kNot, {flag_key(mail::kSeen)})), (Uids{2}));
  EXPECT_EQ(find(with_children(Kind::kAnd, {flag_key(mail::kSeen), flag_key(mail::kFlagged)})),
            (Uids{3}));
  EXPECT_EQ(find(with_children(Kind::kOr, {flag_key(mail::kSeen), flag_key(mail::kFlagged)})),
            (Uids{1, 2, 3}));
}

TEST_F(SearchTest, BySequenceAndUid) {
  for (int i = 0; i < 5; ++i) add("x\r\n");
  remove("1:2");
  EXPECT_EQ(find(set_key(Kind::kSequence, "1,3")), (Uids{3, 5}));
  EXPECT_EQ(find(set_key(Kind::kUid, "1:3,5")), (Uids{3, 5}));
  EXPECT_EQ(find(set_key(Kind::kSequence, "*")), (Uids{5}));
  EXPECT_EQ(find(set_key(Kind::kUid, "9:*")), (Uids{5}));
}

TEST_F(SearchTest, ByInternalDateInTheZoneItWasGivenIn) {
  add("x\r\n", {}, 10 * kDay - 60, 0);   // 1970-01-10 23:59 +0000
  add("x\r\n", {}, 10 * kDay - 60, 60);  // 1970-01-11 00:59 +0100
  EXPECT_EQ(find(day_key(Kind::kOn, "10-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kBefore, "11-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSince, "11-Jan-1970")), (Uids{2}));
  EXPECT_EQ(find(number_key(Kind::kOlder, 60), 10 * kDay), (Uids{1, 2}));
  EXPECT_EQ(find(number_key(Kind::kYounger, 60), 10 * kDay), (Uids{1, 2}));
  EXPECT_EQ(find(number_key(Kind::kYounger, 59), 10 * kDay), Uids{});
}

TEST_F(SearchTest, ByTheDayWrittenInTheDateField) {
  add("Date: Sat, 10 Jan 1970 23:59:00 -1200\r\n\r\n");
  add("Date: Sun, 11 Jan 1970 00:30:00 +1400\r\n\r\n");
  add("Date: nonsense\r\n\r\n");
  add("Subject: none\r\n\r\n");
  EXPECT_EQ(find(day_key(Kind::kSentOn, "10-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSentOn, "11-Jan-1970")), (Uids{2}));
  EXPECT_EQ(find(day_key(Kind::kSentBefore, "11-Jan-1970")), (Uids{1}));
  EXPECT_EQ(find(day_key(Kind::kSentSince, "11-Jan-1970")), (Uids{2}));
  EXPECT_EQ(find(day_key(Kind::kSentSince, "1-Jan-1970")), (Uids{1, 2}));
}

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

TEST_F(SearchTest, WhatIsNotCoveredYetIsScanned) {
  add("Subject: one\r\n\r\n");
  index_all();
  add("Subject: one more\r\n\r\n");
  EXPECT_EQ(find(text_key(Kind::kText, "one")), (Uids{1, 2}));
  EXPECT_EQ(index_more(account, 10), 1u);
  EXPECT_EQ(index_more(account, 10), 0u);
  EXPECT_EQ(find(text_key(Kind::kText, "one")), (Uids{1, 2}));
}

TEST_F(SearchTest, ANulDoesNotHideWhatFollows) {
  add(std::string("Subject: x\r\n\r\nbefore\0after\r\n", 28));
  index_all();
  EXPECT_EQ(find(text_key(Kind::kBody, "before")), (Uids{1}));
  EXPECT_EQ(find(text_key(Kind::kBody, "after")), (Uids{1}));
}

TEST_F(SearchTest, LargeContentsInFilesAreFoundToo) {
  std::string large = "Subject: large\r\n\r\n";
  while (large.size() < 20'000) large += "filling line\r\n";
  add(large + "needle\r\n");
  index_all();
  EXPECT_EQ(find(text_key(Kind::kBody, "needle")), (Uids{1}));
  EXPECT_EQ(find(text_key(Kind::kHeader, "large", "subject")), (Uids{1}));
}

TEST_F(SearchTest, ADamagedIndexIsMadeAnew) {
  add("Subject: needle\r\n\r\n");
  index_all();
  std::ofstream(folder.path() / "1" / "search.db") << "this is no database, whatever its name";
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1}));
  EXPECT_EQ(index_more(account, 10), 1u);
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1}));
}

TEST_F(SearchTest, AnIndexFromTheFutureIsMadeAnew) {
  add("Subject: needle\r\n\r\n");
  {
    SearchIndex index(account.folder());
    Transaction transaction(index.database(), Transaction::Kind::kWrite);
    index.save({0, 4711, 4711});
    transaction.commit();
  }
  index_all();
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1}));
}

TEST_F(SearchTest, AnIndexOfMessagesMostlyGoneIsRebuilt) {
  std::vector<NewMessage> many(1500);
  for (NewMessage& message : many) message.content = Content::of("Subject: needle\r\n\r\n");
  ASSERT_TRUE(append(account, inbox, many));
  index_all(1000);
  remove("1:1499");
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1500}));
  index_all();
  add("Subject: late needle\r\n\r\n");
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1500, 1501}));
  index_all();
  index_all();
  SearchIndex index(account.folder());
  EXPECT_EQ(index.answering().contents, 2);
  EXPECT_EQ(index.candidates(index.answering(), "needle")->size(), 2u);
  EXPECT_EQ(find(text_key(Kind::kText, "needle")), (Uids{1500, 1501}));
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

}  // namespace
}  // namespace mailstore

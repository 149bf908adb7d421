// For any mail and any text: the index finds what a scan finds, and both find what was written.
#include <gtest/gtest.h>

#include "mail/searchable.hpp"
#include "tests/mailstore/mail_generator.hpp"
#include "tests/mailstore/search_fixture.hpp"

namespace mailstore {
namespace {

struct Asked {
  SearchKey key;
  Uids scanned;
};

class SearchPropertyTest : public SearchTest, public testing::WithParamInterface<unsigned> {
 protected:
  void SetUp() override {
    for (std::size_t i = 0; i < kMails; ++i) {
      mails_.push_back(generator_.mail());
      mail::FlagSet flags;
      if (generator_.number(3) == 0) flags.system = mail::kSeen;
      add(mails_.back().octets, flags, static_cast<std::int64_t>(i) * kDay);
    }
  }

  SearchKey text() {
    auto needle = generator_.needle(mails_);
    switch (generator_.number(4)) {
      case 0: return text_key(Kind::kBody, needle);
      case 1: return text_key(Kind::kHeader, needle, "subject");
      case 2: return text_key(Kind::kHeader, needle, "from");
      default: return text_key(Kind::kText, needle);
    }
  }

  SearchKey criteria(int depth = 0) {
    switch (generator_.number(depth > 2 ? 4 : 8)) {
      case 4: return with_children(Kind::kNot, {criteria(depth + 1)});
      case 5: return with_children(Kind::kOr, {criteria(depth + 1), criteria(depth + 1)});
      case 6: return with_children(Kind::kAnd, {flag_key(mail::kSeen), criteria(depth + 1)});
      case 7: return with_children(Kind::kAnd, {number_key(Kind::kLarger, 400), text()});
      default: return text();
    }
  }

  /// A message that says it is found, in whichever script and charset it says it.
  void expect_found(const SearchKey& key, const Uids& found) {
    const std::string sought = mail::casefold(key.text);
    for (std::size_t i = 0; i < mails_.size(); ++i) {
      const GeneratedMail& mail = mails_[i];
      const std::string& said = key.kind == Kind::kBody ? mail.body : mail.subject;
      if (mail::casefold(said).find(sought) == std::string::npos) continue;
      EXPECT_TRUE(std::binary_search(found.begin(), found.end(), static_cast<Uid>(i + 1)))
          << '"' << key.text << "\" in \"" << said << "\" of\n"
          << mail.octets;
    }
  }

  static constexpr std::size_t kMails = 40;
  MailGenerator generator_{GetParam()};
  std::vector<GeneratedMail> mails_;
};

TEST_P(SearchPropertyTest, WhatWasWrittenIsFound) {
  index_all();
  for (int i = 0; i < 40; ++i) {
    const std::string needle = generator_.needle(mails_);
    for (const SearchKey& key : {text_key(Kind::kBody, needle), text_key(Kind::kText, needle),
                                 text_key(Kind::kHeader, needle, "subject")})
      expect_found(key, find(key));
  }
}

TEST_P(SearchPropertyTest, TheIndexFindsWhatAScanFinds) {
  std::vector<Asked> asked;
  for (int i = 0; i < 40; ++i) {
    auto key = criteria();
    asked.push_back({key, find(key)});
  }
  for (std::size_t covered = 0; covered < kMails; covered += 20) {
    index_more(account, 20);
    for (const Asked& each : asked) ASSERT_EQ(find(each.key), each.scanned) << each.key.text;
  }
  remove("5,10:20,34");
  for (Asked& each : asked) {
    std::erase_if(each.scanned,
                  [](Uid uid) { return uid == 5 || (uid >= 10 && uid <= 20) || uid == 34; });
    ASSERT_EQ(find(each.key), each.scanned) << each.key.text;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SearchPropertyTest, testing::Values(1u, 2u, 20261121u));

}  // namespace
}  // namespace mailstore

// An account to search in, and search keys made in a line.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/date.hpp"
#include "mailstore/append.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/search.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {

using mail::SearchKey;
using Kind = SearchKey::Kind;
using Uids = std::vector<Uid>;

constexpr std::int64_t kDay = 86400;

inline SearchKey key(Kind kind) {
  SearchKey made;
  made.kind = kind;
  return made;
}
inline SearchKey with_children(Kind kind, std::vector<SearchKey> children) {
  SearchKey made = key(kind);
  made.children = std::move(children);
  return made;
}
inline SearchKey text_key(Kind kind, std::string text, std::string field = "") {
  SearchKey made = key(kind);
  made.text = std::move(text);
  made.field = std::move(field);
  return made;
}
inline SearchKey number_key(Kind kind, std::uint64_t number) {
  SearchKey made = key(kind);
  made.number = number;
  return made;
}
inline SearchKey day_key(Kind kind, std::string_view day) {
  SearchKey made = key(kind);
  made.day = mail::parse_search_date(day).value();
  return made;
}
inline SearchKey set_key(Kind kind, std::string_view set) {
  SearchKey made = key(kind);
  made.set = mail::SequenceSet::parse(set).value();
  return made;
}
inline SearchKey flag_key(std::uint8_t flag) {
  SearchKey made = key(Kind::kFlag);
  made.system = flag;
  return made;
}

struct SearchTest : ::testing::Test {
  tests::TemporaryFolder folder;
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

}  // namespace mailstore

// An account with messages to sort, some of which is packed in sort.db once there are enough.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "mailstore/append.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/sort.hpp"
#include "mailstore/sort_index.hpp"
#include "tests/temporary_folder.hpp"

namespace mailstore {

using Uids = std::vector<Uid>;
using enum mail::SortBy;

class SortFixture : public ::testing::Test {
 protected:
  void add(std::vector<std::string> headers, std::int64_t arrival = 1000) {
    std::vector<NewMessage> messages;
    for (std::string& header : headers) {
      NewMessage message;
      message.content = Content::of(std::move(header) + "\r\n\r\nbody\r\n");
      message.internal_date = arrival++;
      messages.push_back(std::move(message));
    }
    ASSERT_TRUE(append(account, inbox, messages));
  }
  void remove(Uid first, Uid last) {
    ASSERT_TRUE(
        store_flags(account, inbox, {{first, last}}, FlagChange::kAdd, {mail::kDeleted, {}}));
    ASSERT_TRUE(expunge(account, inbox, {{first, last}}));
  }
  MailboxView view() { return *open_mailbox(account, inbox, RecentClaim::kLeave); }
  Uids all() {
    Uids uids;
    const MailboxView seen = view();
    for (const auto& message : seen.messages) uids.push_back(message.uid);
    return uids;
  }
  Uids sorted(mail::SortBy by, Uids uids,
              mail::SortDirection direction = mail::SortDirection::kAscending) {
    return sort_messages(account, inbox, view(), std::move(uids), {{by, direction}});
  }
  std::size_t packed() {
    std::size_t messages = 0;
    if (!SortIndex::exists(account.folder())) return 0;
    for (const auto& chunk : SortIndex(account.folder()).chunks(account, inbox, view()))
      messages += chunk.messages;
    return messages;
  }

  tests::TemporaryFolder folder;
  Account account{1, folder.path() / "1", 4096, nullptr};
  MailboxId inbox = find_mailbox(account, "INBOX")->id;
};

}  // namespace mailstore

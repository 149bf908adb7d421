// An account with a mailbox large enough to be packed in fetch.db, and what FETCH reads of it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "mailstore/fetch_source.hpp"
#include "tests/mailstore/account_fixture.hpp"

namespace mailstore {

class FetchTest : public AccountTest {
 protected:
  static constexpr Columns kBoth{.envelope = true, .body_structure = true};

  static std::string line(const StoredMessage& message) {
    return fmt::format("{} {} {} {} {} {} {} {} {}", message.uid, message.internal_date,
                       message.zone_minutes, message.save_date, message.content_id, message.size,
                       message.header_size, message.envelope, message.body_structure);
  }
  /// What the store itself says.
  std::vector<std::string> stored(const std::vector<mail::NumberRange>& ranges = kAll,
                                  Columns columns = kBoth) {
    std::vector<std::string> lines;
    read_messages(account(), inbox(), ranges, columns, [&](StoredMessage&& message) {
      lines.push_back(line(message));
      return true;
    });
    return lines;
  }
  /// What a command reads that asks for these, `batch` messages of the view after another.
  std::vector<std::string> fetched(const MailboxView& seen, const mail::NumberRange& range,
                                   Columns columns = kBoth, std::size_t batch = 256) {
    std::vector<Uid> asked;
    for (const auto& message : seen.messages)
      if (message.uid >= range.first && message.uid <= range.last) asked.push_back(message.uid);
    FetchSource source(inbox(), seen, columns, asked.size());
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < asked.size(); begin += batch) {
      const std::size_t end = std::min(begin + batch, asked.size());
      source.read(account(), {{asked[begin], asked[end - 1]}},
                  [&](StoredMessage&& message) { lines.push_back(line(message)); });
    }
    source.finish();
    return lines;
  }
  std::vector<std::string> fetched() { return fetched(view(inbox()), kAll.front()); }
  void remove(Uid first, Uid last) {
    store_flags(account(), inbox(), {{first, last}}, FlagChange::kAdd, {mail::kDeleted, {}})
        .value();
    expunge(account(), inbox(), {{first, last}}).value();
  }
  /// "1-512 513-600"
  std::string packed() {
    if (!FetchIndex::exists(folder())) return "";
    std::string all;
    for (const auto& chunk : FetchIndex(folder()).chunks(inbox(), view(inbox()).uid_validity))
      all += fmt::format("{}{}-{}", all.empty() ? "" : " ", chunk.first, chunk.last);
    return all;
  }
};

}  // namespace mailstore

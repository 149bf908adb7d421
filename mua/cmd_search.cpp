#include <algorithm>
#include <iterator>

#include "mail/imap_listing.hpp"
#include "mua/commands.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/password.hpp"
#include "mua/query.hpp"
#include "mua/show_rows.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

// More than any mailbox has; a hostile server gets no further.
constexpr std::size_t kMaxFound = 10'000'000;

mail::SearchKey require_query(const std::vector<std::string>& words) {
  std::string query;
  for (const std::string& word : words) {
    // The shell took the quotes of subject:"a b" away.
    const bool spaces = word.find(' ') != std::string::npos && word.find('"') == std::string::npos;
    const std::size_t colon = word.find(':');
    if (spaces && colon != std::string::npos && word.find(' ') > colon) {
      query += word.substr(0, colon + 1) + "\"" + word.substr(colon + 1) + "\" ";
    } else {
      query += word + " ";
    }
  }
  auto key = parse_query(query);
  if (!key) throw Failure(ExitCode::kUsage, key.error(), "See mua search --help.");
  return std::move(*key);
}

/// The newest of the UIDs found.
std::vector<std::uint32_t> newest_found(const Answer& answer, std::size_t limit) {
  std::vector<std::uint32_t> uids;
  for (const imap::Data& data : answer.data) {
    if (auto found = imap::read_search(data, kMaxFound)) uids = std::move(*found);
  }
  if (uids.size() > limit) uids.erase(uids.begin(), uids.end() - static_cast<long>(limit));
  return uids;
}

/// The newest first; the key is the caller's.
asio::awaitable<std::vector<Row>> find_in(ImapSession& session, std::string mailbox,
                                          const mail::SearchKey& key, std::uint32_t limit) {
  const Selection selection = co_await select(session, std::move(mailbox), imap::Access::kReadOnly);
  imap::Request request = imap::uid_search(key);
  const Answer answer = co_await session.must(std::move(request), "cannot search");
  std::vector<std::uint32_t> uids = newest_found(answer, limit);
  std::vector<imap::Fetched> messages = co_await fetch_uids(session, std::move(uids), kRowItems);
  std::sort(messages.begin(), messages.end(),
            [](const imap::Fetched& a, const imap::Fetched& b) { return a.uid > b.uid; });
  std::vector<Row> rows;
  for (imap::Fetched& message : messages) {
    const MessageRef ref = selection.ref(*message.uid);
    rows.push_back({ref, std::move(message)});
  }
  co_return rows;
}

std::int64_t received(const Row& row) {
  return row.message.internal_date ? row.message.internal_date->seconds : 0;
}

asio::awaitable<std::vector<Row>> find_everywhere(ImapSession& session, const mail::SearchKey& key,
                                                  std::uint32_t limit) {
  const std::vector<imap::Mailbox> mailboxes = co_await list_mailboxes(session);
  std::vector<Row> all;
  for (const imap::Mailbox& mailbox : mailboxes) {
    if (!can_be_selected(mailbox)) continue;
    std::vector<Row> found;
    try {
      found = co_await find_in(session, mailbox.name, key, limit);
    } catch (const Failure& failure) {
      // One may be listed and not read, or gone by now.
      if (failure.code != ExitCode::kNotFound) throw;
    }
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Row& a, const Row& b) { return received(a) > received(b); });
  if (all.size() > limit) all.resize(limit);
  co_return all;
}

}  // namespace

asio::awaitable<ExitCode> search(CommonOptions common, SearchOptions options) {
  const mail::SearchKey key = require_query(options.query);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  std::vector<Row> rows;
  if (options.all) {
    rows = co_await find_everywhere(session, key, options.limit);
  } else {
    rows = co_await find_in(session, options.mailbox, key, options.limit);
  }
  show_rows(rows, common.format);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

// Catching up with a folder: what is new, what changed, what is gone, and then what is older, a
// step at a time.
#include <algorithm>

#include "mua/selection.hpp"
#include "mua/sync/mailbox_sync.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::sync {

namespace imap = mail::imap;
using imap::Fetched;
using mailstore::Transaction;

namespace {

constexpr std::uint32_t kFlagsSlice = 10'000;
constexpr std::uint32_t kStar = mail::SequenceSet::kStar;

}  // namespace

asio::awaitable<bool> MailboxSync::catch_up() {
  if (folder_ == 0) co_return false;
  if (!unnamed_.empty()) {
    co_await name_unnamed();
  } else if (new_) {
    co_await fetch_new();
  } else if (gap_) {
    co_await fill_gap();
  } else if (flags_) {
    co_await pull_flags();
  } else if (vanished_) {
    co_await look_for_vanished();
  } else {
    settle();
    co_return false;
  }
  co_return true;
}

asio::awaitable<void> MailboxSync::fetch_new() {
  new_ = false;
  Messages messages = co_await fetch({std::max(point_.uid_next, 1u), kStar});
  std::uint32_t next = point_.uid_next;
  for (const Fetched& message : messages) next = std::max(next, *message.uid + 1);
  const std::vector<MessageId> fresh = keep(std::move(messages));
  point_.uid_next = next;
  save();
  announce(fresh);
}

/// From its upper end down; uid_next moves once it is closed, so that a session that ends before
/// leaves none out.
asio::awaitable<void> MailboxSync::fill_gap() {
  const std::uint32_t high = gap_->high;
  const std::uint32_t low = high - gap_->low >= kSlice ? high - kSlice + 1 : gap_->low;
  Messages messages = co_await fetch({low, high});
  const std::vector<MessageId> fresh = keep(std::move(messages));
  if (low == gap_->low) {
    point_.uid_next = std::max(point_.uid_next, gap_->end + 1);
    gap_.reset();
    save();
  } else {
    gap_->high = low - 1;
  }
  announce(fresh);
}

asio::awaitable<void> MailboxSync::pull_flags() {
  flags_ = false;
  if (point_.uid_next <= point_.lowest) co_return;
  const std::uint32_t last = point_.uid_next - 1;
  if (resync_of(session_.client()) != Resync::kNone && point_.modseq != 0) {
    imap::Request request = fetch_flags({point_.lowest, last}, point_.modseq);
    co_await ask(std::move(request));
    co_return;
  }
  for (std::uint32_t low = point_.lowest; low <= last;) {
    const std::uint32_t high = last - low >= kFlagsSlice ? low + kFlagsSlice - 1 : last;
    co_await pull_all_flags({low, high});
    low = high + 1;
  }
  vanished_ = false;
}

/// All of them are told: those that are not are gone.
asio::awaitable<void> MailboxSync::pull_all_flags(mail::NumberRange range) {
  imap::Request request = fetch_flags(range, 0);
  const Answer answer = co_await ask(std::move(request));
  if (!answer.status.ok()) co_return;
  std::vector<std::uint32_t> uids;
  for (const Fetched& message : fetched_of(answer)) uids.push_back(*message.uid);
  std::sort(uids.begin(), uids.end());
  Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
  const std::size_t gone = writer_.keep_only(folder_, range, uids);
  transaction.commit();
  if (gone > 0) events_.put(FolderChanged{folder_});
}

asio::awaitable<void> MailboxSync::look_for_vanished() {
  vanished_ = false;
  if (point_.uid_next <= point_.lowest) co_return;
  const mail::NumberRange known{point_.lowest, point_.uid_next - 1};
  const imap::Client& client = session_.client();
  imap::Request request = search_uids(known, client.has("ESEARCH") || client.has("IMAP4REV2"));
  const Answer answer = co_await ask(std::move(request));
  if (!answer.status.ok()) co_return;
  std::vector<std::uint32_t> uids;
  for (const imap::Data& data : answer.data) {
    if (auto found = imap::read_search(data, 2'000'000)) uids = std::move(*found);
  }
  Transaction transaction(store_.database(), Transaction::Kind::kUnsynced);
  const std::size_t gone = writer_.keep_only(folder_, known, uids);
  transaction.commit();
  if (gone > 0) events_.put(FolderChanged{folder_});
}

/// Servers without CONDSTORE may tell flags by sequence number alone.
asio::awaitable<void> MailboxSync::name_unnamed() {
  std::sort(unnamed_.begin(), unnamed_.end());
  unnamed_.erase(std::unique(unnamed_.begin(), unnamed_.end()), unnamed_.end());
  imap::Request request = imap::fetch(mail::SequenceSet::of(unnamed_), "(UID FLAGS)");
  unnamed_.clear();
  co_await ask(std::move(request));
}

// --- What is older ---

asio::awaitable<bool> MailboxSync::backfill() {
  if (folder_ == 0 || point_.lowest <= 1) co_return false;
  const std::uint32_t high = point_.lowest - 1;
  const std::uint32_t low = high > width_ ? high - width_ + 1 : 1;
  Messages messages = co_await fetch({low, high});
  // UIDs lie as far apart as messages were removed between them.
  if (messages.size() < kSlice / 2 && width_ < (1u << 30)) width_ *= 2;
  if (messages.size() > kSlice && width_ > kSlice) width_ /= 2;
  keep(std::move(messages));
  point_.lowest = low;
  save();
  const auto folder = folders_.find(folder_);
  const std::uint32_t total = std::max(exists_, folder->cached);
  events_.put(Progress{Progress::What::kSync, folder_, low == 1 ? total : folder->cached, total});
  events_.put(FolderChanged{folder_});
  co_return true;
}

void MailboxSync::announce(const std::vector<MessageId>& messages) {
  if (messages.empty()) return;
  settled_ = false;
  events_.put(FolderChanged{folder_});
  NewMail mail{folder_, {}};
  for (const Row& row : MessageList(store_).rows(messages)) {
    if (row.unread()) mail.messages.push_back(row.id);
  }
  if (!mail.messages.empty()) events_.put(std::move(mail));
}

}  // namespace mua::sync

#include "mailstore/sort_source.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace mailstore {

namespace {

// A mailbox, or what came to it since, that is smaller is read from its headers: that takes a
// millisecond or two.
constexpr std::size_t kWorthPackingForSort = 64;
// Where fewer than one in so many of what is not packed are asked for, reading just them is
// quicker.
constexpr std::size_t kShareWorthPacking = 4;
constexpr std::size_t kMessagesOfChunk = 1024;
constexpr std::size_t kMessagesBetweenLooks = 16;

/// For one run: nobody can know it before.
std::string random_secret() {
  std::random_device device;
  std::string secret;
  for (int i = 0; i < 4; ++i) append_little_endian(secret, device(), 4);
  return secret;
}

}  // namespace

SortableMessage read_sortable(Account& account, MailboxId mailbox, Uid uid) {
  SortableMessage message;
  message.uid = uid;
  std::int64_t header_size = 0;
  {
    Statement row = account.database().query(
        "SELECT content, internal_date, size, header_size FROM message WHERE mailbox = ? AND uid = "
        "?",
        mailbox, uid);
    if (!row.step()) return message;
    message.content = row.integer(0);
    message.arrival = row.integer(1);
    message.size = row.integer(2);
    header_size = row.integer(3);
  }
  const auto header =
      read_content(account, mailbox, uid, 0, static_cast<std::uint64_t>(header_size));
  if (header) message.facts = mail::sort_facts(*header);
  return message;
}

SortSource::SortSource(MailboxId mailbox, const MailboxView& view, const std::vector<Uid>& uids)
    : mailbox_(mailbox), view_(view), uids_(uids) {}

bool SortSource::prepare(Account& account, const Slice& slice) {
  if (stage_ == Stage::kBegin) begin(account);
  if (stage_ == Stage::kPack && pack(account, slice)) stage_ = Stage::kLocate;
  if (stage_ == Stage::kLocate) locate();
  if (stage_ == Stage::kReadLoose && read_loose(account, slice)) stage_ = Stage::kDone;
  return stage_ == Stage::kDone;
}

Progress SortSource::progress() const {
  const bool packing = stage_ == Stage::kPack;
  return {.done = false,
          .made = packing ? next_to_pack_ : uids_.size(),
          .goal = packing ? view_.messages.size() : uids_.size()};
}

void SortSource::begin(Account& account) {
  stage_ = Stage::kLocate;
  if (view_.messages.size() < kWorthPackingForSort) return;
  Uid packed_to = 0;
  if (SortIndex::exists(account.folder())) {
    index_.emplace(account.folder());
    all_ = index_->chunks(account, mailbox_, view_);
    if (!all_.empty()) packed_to = all_.back().last;
  }
  next_to_pack_ = static_cast<std::size_t>(
      std::upper_bound(view_.messages.begin(), view_.messages.end(), packed_to,
                       [](Uid uid, const MessageState& state) { return uid < state.uid; }) -
      view_.messages.begin());
  if (!is_worth_packing(packed_to)) return;
  if (!index_) index_.emplace(account.folder());
  index_->forget_deleted(account);
  stage_ = Stage::kPack;
}

bool SortSource::is_worth_packing(Uid packed_to) const {
  const auto chosen = static_cast<std::size_t>(
      uids_.end() - std::upper_bound(uids_.begin(), uids_.end(), packed_to));
  const std::size_t behind = view_.messages.size() - next_to_pack_;
  return chosen >= kWorthPackingForSort && chosen * kShareWorthPacking >= behind;
}

bool SortSource::pack(Account& account, const Slice& slice) {
  for (std::size_t read = 1; next_to_pack_ < view_.messages.size(); ++read) {
    const SortableMessage message =
        read_sortable(account, mailbox_, view_.messages[next_to_pack_++].uid);
    if (!writer_) {
      writer_.emplace(index_->secret());
      writing_.first = message.uid;
    }
    writer_->add(message);
    writing_.last = message.uid;
    writing_.content = message.content;
    if (writer_->messages() == kMessagesOfChunk) finish_chunk();
    if (read % kMessagesBetweenLooks == 0 && slice.over()) return false;
  }
  if (writer_) finish_chunk();
  all_ = index_->chunks(account, mailbox_, view_);
  return true;
}

void SortSource::finish_chunk() {
  index_->add(mailbox_, view_.uid_validity, writing_, *writer_);
  writer_.reset();
}

/// Which of those chosen is where.
void SortSource::locate() {
  stage_ = Stage::kReadLoose;
  packed_numbers_.assign(uids_.size(), kLoose);
  secret_ = index_ ? index_->secret() : random_secret();
  if (!index_) return;
  std::uint32_t position = 0, before = 0;
  const auto count = static_cast<std::uint32_t>(uids_.size());
  for (const SortIndex::Chunk& chunk : all_) {
    while (position < count && uids_[position] < chunk.first) ++position;
    Used used{chunk, before, position, position};
    if (position < count && uids_[position] <= chunk.last) {
      read(used, SortColumn::kUid, [&](ColumnReader& reader, std::size_t messages) {
        for (std::uint32_t i = 0; i < messages; ++i) {
          const Uid uid = reader.uid();
          while (position < count && uids_[position] < uid) ++position;
          if (position == count) break;
          if (uids_[position] == uid) packed_numbers_[position++] = before + i;
        }
      });
      used.end = position;
      used_.push_back(used);
    }
    before += chunk.messages;
  }
  packed_ = before;
}

bool SortSource::read_loose(Account& account, const Slice& slice) {
  for (; next_loose_ < uids_.size(); ++next_loose_) {
    if (packed_numbers_[next_loose_] != kLoose) continue;
    if (read_since_look_ == kMessagesBetweenLooks) {
      read_since_look_ = 0;
      if (slice.over()) return false;
    }
    ++read_since_look_;
    loose_.emplace(next_loose_, read_sortable(account, mailbox_, uids_[next_loose_]));
  }
  return true;
}

void SortSource::read(const Used& used, SortColumn column,
                      const std::function<void(ColumnReader&, std::size_t)>& each) {
  index_->read(used.chunk, column, [&](std::string_view octets) {
    ColumnReader reader(octets);
    each(reader, used.chunk.messages);
  });
}

void SortSource::numbers(std::size_t chunk, SortColumn column, const EachNumber& each) {
  const Used& used = used_[chunk];
  read(used, column, [&](ColumnReader& reader, std::size_t messages) {
    std::uint32_t position = used.begin;
    for (std::uint32_t i = 0; i < messages && position < used.end; ++i) {
      const std::int64_t number = reader.number();
      while (position < used.end && packed_numbers_[position] == kLoose) ++position;
      if (position < used.end && packed_numbers_[position] == used.packed_before + i)
        each(position++, number);
    }
  });
}

void SortSource::texts(std::size_t chunk, SortColumn column, const EachText& each) {
  const Used& used = used_[chunk];
  read(used, column, [&](ColumnReader& reader, std::size_t messages) {
    std::uint32_t position = used.begin;
    for (std::uint32_t i = 0; i < messages && position < used.end; ++i) {
      const std::string_view text = reader.text();
      while (position < used.end && packed_numbers_[position] == kLoose) ++position;
      if (position < used.end && packed_numbers_[position] == used.packed_before + i)
        each(position++, text);
    }
  });
}

void SortSource::packed_texts(SortColumn column,
                              const std::function<void(std::string_view)>& each) {
  for (const SortIndex::Chunk& chunk : all_)
    read({chunk, 0, 0, 0}, column, [&](ColumnReader& reader, std::size_t messages) {
      for (std::size_t i = 0; i < messages; ++i) each(reader.text());
    });
}

void SortSource::loose_numbers(SortColumn column, const EachNumber& each) const {
  for (const auto& [position, message] : loose_) each(position, message.number(column));
}

void SortSource::loose_texts(SortColumn column, const EachText& each) const {
  for (const auto& [position, message] : loose_) each(position, message.text(column));
}

const SortableMessage& SortSource::loose(std::uint32_t position) const {
  static const SortableMessage nothing;
  const auto found = loose_.find(position);
  return found == loose_.end() ? nothing : found->second;
}

void SortSource::tell_thread(std::uint32_t position,
                             const std::function<void(const Threadable&)>& each) {
  each(threadable(loose(position), secret_));
}

void SortSource::threads(std::size_t chunk, const std::function<void(const Threadable&)>& each) {
  const Used& used = used_[chunk];
  Threadable value;
  read(used, SortColumn::kThread, [&](ColumnReader& reader, std::size_t messages) {
    for (std::uint32_t i = 0; i < messages && threads_told_ < used.end; ++i) {
      reader.thread(value);
      while (threads_told_ < used.end && packed_numbers_[threads_told_] == kLoose)
        tell_thread(threads_told_++, each);
      if (threads_told_ == used.end || packed_numbers_[threads_told_] != used.packed_before + i)
        continue;
      each(value);
      ++threads_told_;
    }
  });
  while (threads_told_ < used.end) tell_thread(threads_told_++, each);
}

void SortSource::remaining_threads(const std::function<void(const Threadable&)>& each) {
  while (threads_told_ < uids_.size()) tell_thread(threads_told_++, each);
}

}  // namespace mailstore

#include "mailstore/fetch_source.hpp"

#include <algorithm>
#include <utility>

namespace mailstore {

namespace {

// Fewer are read from the store as fast as another file is opened.
constexpr std::size_t kWorthPacking = 256;
// Less than one in so many of a chunk is read from the store.
constexpr std::size_t kShareWorthLoading = 8;
// Where less than one in so many of a chunk is left, it is packed anew with what is around it.
constexpr std::size_t kShareWorthKeeping = 2;

}  // namespace

FetchSource::FetchSource(MailboxId mailbox, const MailboxView& view, Columns columns,
                         std::size_t wanted)
    : mailbox_(mailbox),
      view_(view),
      columns_(columns),
      packed_((columns.envelope || columns.body_structure) && !columns.body && !columns.thread &&
              wanted >= kWorthPacking) {}

/// What can't be read or written there, for want of room perhaps, is read from the store.
template <class Work>
void FetchSource::unless_unusable(Work work) try {
  work();
} catch (const StoreError&) {
  packed_ = false;
}

void FetchSource::begin(Account& account) {
  begun_ = true;
  folder_ = account.folder();
  if (!FetchIndex::exists(account.folder())) return;
  index_.emplace(account.folder());
  index_->forget_deleted(account);
  chunks_ = index_->chunks(mailbox_, view_.uid_validity);
  drop_sparse();
}

void FetchSource::drop_sparse() {
  const auto& messages = view_.messages;
  std::vector<Chunk> sparse;
  std::erase_if(chunks_, [&](const Chunk& chunk) {
    const std::size_t left =
        messages.lower_bound(chunk.last + 1) - messages.lower_bound(chunk.first);
    const bool drop = chunk.last < view_.uid_next && left * kShareWorthKeeping < chunk.messages;
    if (drop) sparse.push_back(chunk);
    return drop;
  });
  index_->remove(sparse);
}

/// The view shows some that are gone: what is packed doesn't tell which.
bool FetchSource::has_lost_messages(Account& account) const {
  return !account.database().integer(
      "SELECT 1 FROM mailbox WHERE id = ?1 AND uid_validity = ?2 AND (mod_seq <= ?3 OR NOT EXISTS "
      "(SELECT 1 FROM vanished WHERE mailbox = ?1 AND mod_seq > ?3))",
      mailbox_, view_.uid_validity, view_.highest_mod_seq);
}

void FetchSource::read(Account& account, const std::vector<mail::NumberRange>& uids,
                       const Each& each) {
  if (packed_ && !begun_) unless_unusable([&] { begin(account); });
  const Transaction snapshot(account.database(), Transaction::Kind::kRead);
  if (packed_) packed_ = !has_lost_messages(account);
  for (const auto& range : uids) read_range(account, range, each);
}

const FetchIndex::Chunk* FetchSource::chunk_from(Uid uid) const {
  const auto found = std::lower_bound(chunks_.begin(), chunks_.end(), uid,
                                      [](const Chunk& chunk, Uid u) { return chunk.last < u; });
  return found == chunks_.end() ? nullptr : &*found;
}

/// What lies in chunks and what lies between them, in turn.
void FetchSource::read_range(Account& account, mail::NumberRange uids, const Each& each) {
  while (uids.first <= uids.last && packed_) {
    const Chunk* chunk = chunk_from(uids.first);
    if (!chunk || chunk->first > uids.last) break;
    if (chunk->first > uids.first) {
      read_rows(account, {uids.first, chunk->first - 1}, Pack::kYes, each);
      uids.first = chunk->first;
    }
    const mail::NumberRange part{uids.first, std::min(uids.last, chunk->last)};
    const std::size_t wanted =
        view_.messages.lower_bound(part.last + 1) - view_.messages.lower_bound(part.first);
    if (load(account, *chunk, wanted))
      read_packed(account, part, each);
    else
      read_rows(account, part, Pack::kNo, each);
    if (part.last == uids.last) return;
    uids.first = part.last + 1;
  }
  if (uids.first <= uids.last) read_rows(account, uids, Pack::kYes, each);
}

void FetchSource::read_rows(Account& account, mail::NumberRange uids, Pack pack, const Each& each) {
  const bool packs = packed_ && pack == Pack::kYes;
  Columns columns = columns_;
  if (packs) columns.envelope = columns.body_structure = true;
  read_messages(account, mailbox_, {uids}, columns, [&](StoredMessage&& message) {
    if (packs) this->pack(message);
    each(std::move(message));
    return true;
  });
}

/// False: it is not worth it, or of no use, and then none of the others is.
bool FetchSource::load(Account& account, const Chunk& chunk, std::size_t wanted) {
  if (loaded_id_ == chunk.id) return true;
  if (wanted * kShareWorthLoading < chunk.messages) return false;
  std::optional<FetchChunk> found;
  unless_unusable([&] { found = index_->read(account, mailbox_, chunk, columns_); });
  packed_ = found.has_value();
  if (!found) return false;
  loaded_ = std::move(*found);
  loaded_id_ = chunk.id;
  return true;
}

/// Of those in the chunk the ones in the view; what it doesn't have is looked for in the store.
void FetchSource::read_packed(Account& account, mail::NumberRange uids, const Each& each) {
  std::size_t at = 0, end = loaded_.size();
  while (at < end) {  // the first that is wanted
    const std::size_t middle = at + (end - at) / 2;
    if (loaded_.uid(middle) < uids.first)
      at = middle + 1;
    else
      end = middle;
  }
  auto seen =
      view_.messages.begin() + static_cast<std::ptrdiff_t>(view_.messages.lower_bound(uids.first));
  for (; seen != view_.messages.end() && seen->uid <= uids.last; ++seen) {
    const Uid uid = seen->uid;
    while (at < loaded_.size() && loaded_.uid(at) < uid) ++at;
    if (at < loaded_.size() && loaded_.uid(at) == uid)
      each(loaded_.message(at));
    else
      read_rows(account, {uid, uid}, Pack::kNo, each);
  }
}

/// A chunk is a run of the view without gaps.
void FetchSource::pack(const StoredMessage& message) {
  const auto& messages = view_.messages;
  const bool follows = writer_ && next_ < messages.size() && messages[next_].uid == message.uid;
  if (!follows) {
    add_chunk();
    next_ = messages.lower_bound(message.uid);
  }
  ++next_;
  if (!FetchChunkWriter::takes(message)) return add_chunk();
  if (!writer_) writer_.emplace();
  writer_->add(message);
  if (writer_->is_full()) add_chunk();
}

void FetchSource::add_chunk() {
  const bool worth_it = writer_ && (writer_->is_full() || writer_->messages() >= kWorthPacking);
  if (packed_ && worth_it)
    unless_unusable([&] {
      if (!index_) index_.emplace(folder_);
      index_->add(mailbox_, view_.uid_validity, *writer_);
    });
  writer_.reset();
}

void FetchSource::finish() { add_chunk(); }

}  // namespace mailstore

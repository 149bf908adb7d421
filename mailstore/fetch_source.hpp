// Where a FETCH reads messages from, without their flags: a large part of a large mailbox from
// fetch.db where it is packed, everything else from the store, packing it on the way when it is
// much. Either way it is what read_messages gives. Lives for one command.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "mail/sequence_set.hpp"
#include "mailstore/fetch_index.hpp"
#include "mailstore/messages.hpp"

namespace mailstore {

class FetchSource {
 public:
  using Each = std::function<void(StoredMessage&&)>;

  /// `wanted`: how many messages the command asks for. The view, the session's own, must stay; all
  /// that vanished up to its MODSEQ must be gone from it.
  FetchSource(MailboxId mailbox, const MailboxView& view, Columns columns, std::size_t wanted);
  FetchSource(const FetchSource&) = delete;
  FetchSource& operator=(const FetchSource&) = delete;

  /// Messages that exist, ascending. All of the view that is in the ranges is asked for.
  void read(Account& account, const std::vector<mail::NumberRange>& uids, const Each& each);
  /// Nothing more is read.
  void finish();

 private:
  enum class Pack { kYes, kNo };
  using Chunk = FetchIndex::Chunk;

  void begin(Account& account);
  void drop_sparse();
  bool has_lost_messages(Account& account) const;
  const Chunk* chunk_from(Uid uid) const;
  void read_range(Account& account, mail::NumberRange uids, const Each& each);
  void read_rows(Account& account, mail::NumberRange uids, Pack pack, const Each& each);
  bool load(Account& account, const Chunk& chunk, std::size_t wanted);
  void read_packed(Account& account, mail::NumberRange uids, const Each& each);
  void pack(const StoredMessage& message);
  void add_chunk();
  template <class Work>
  void unless_unusable(Work work);

  MailboxId mailbox_;
  const MailboxView& view_;
  Columns columns_;
  bool packed_;  ///< whether fetch.db has to do with this command
  bool begun_ = false;
  std::filesystem::path folder_;  ///< of the account
  std::optional<FetchIndex> index_;
  std::vector<Chunk> chunks_;  ///< what was packed before this command
  std::int64_t loaded_id_ = 0;
  FetchChunk loaded_;
  std::optional<FetchChunkWriter> writer_;
  std::size_t next_ = 0;  ///< of the view: what would continue the chunk being packed
};

}  // namespace mailstore

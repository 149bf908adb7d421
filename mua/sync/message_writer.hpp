// What the engine writes of messages: what FETCH, VANISHED and COPYUID said goes into the local
// store, and what the journal still has to tell the server stays as the person sees it. The caller
// has a transaction. Private to the engine's side.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mail/imap_fetched.hpp"
#include "mail/sequence_set.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// FETCH items that `put` needs.
inline constexpr const char* kHeaderItems =
    "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY.PEEK[HEADER.FIELDS (REFERENCES "
    "CONTENT-TYPE)])";

class MessageWriter {
 public:
  explicit MessageWriter(LocalStore& store) : database_(store.database()) {}

  /// A message of the folder, known or not. Its id when it is new and not moved away meanwhile.
  std::optional<MessageId> put(FolderId folder, const mail::imap::Fetched& message);
  /// FLAGS of a message that is known. True when that changed what is seen.
  bool set_flags(FolderId folder, std::uint32_t uid, const mail::FlagSet& flags);
  /// They are on the server no more. How many were here.
  std::size_t vanish(FolderId folder, const mail::SequenceSet& uids);
  /// Of the UIDs [first, last] only these (ascending) are there.
  std::size_t keep_only(FolderId folder, mail::NumberRange range,
                        const std::vector<std::uint32_t>& uids);
  /// The folder was made anew.
  void forget(FolderId folder);
  /// COPYUID: a message that was moved has this UID in the folder.
  void placed(MessageId message, FolderId folder, std::uint32_t uid);
  /// It was moved, and nobody said where to: it comes with the next look at the target.
  void lost_sight(MessageId message, FolderId folder);

 private:
  ThreadId thread_of(const std::vector<std::string>& ids);
  void insert(FolderId folder, const mail::imap::Fetched& message);

  mailstore::Database& database_;
};

}  // namespace mua::sync

// The octets of mails that are sent and of messages that are appended, in the local store, in
// pieces: a large one is never whole in memory, and no write holds others up for long. They are
// written before the entry of the journal that names them. What no entry names any more goes at
// once; what none ever named, of a process that was killed, goes a day later.
//
//   ContentWriter writer(store, now);
//   mail::compose(draft, bcc, [&](std::string_view piece) { writer.add(piece); });
//   mail.written = writer.finish();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/piece_source.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

class ContentWriter {
 public:
  /// `store` outlives it; `now` in seconds since 1970.
  ContentWriter(LocalStore& store, std::int64_t now);
  /// What was not finished is gone.
  ~ContentWriter();
  ContentWriter(const ContentWriter&) = delete;
  ContentWriter& operator=(const ContentWriter&) = delete;

  void add(std::string_view octets);
  /// For Outgoing::written and the like, which sync it.
  ContentId finish();

 private:
  void put();

  mailstore::Database& database_;
  ContentId id_ = 0;
  std::uint64_t begin_ = 0;
  std::string piece_;
  bool finished_ = false;
};

/// All of the source; as ContentWriter::finish.
ContentId write_content(LocalStore& store, const mail::PieceSource& source, std::int64_t now);

/// What is small or in memory anyway, within the caller's transaction; 0 for "".
ContentId keep_content(mailstore::Database& database, std::string_view octets, std::int64_t now);

/// Reading throws when it is gone.
mail::PieceSource content_source(mailstore::Database& database, ContentId id);

/// What was finished and is not to be entered after all.
void drop_content(LocalStore& store, ContentId id);

// --- Within the caller's transaction ---

/// The entry has no use for its content any more.
void release_content(mailstore::Database& database, EntryId entry);
/// What was written before `before` and never entered.
void sweep_contents(mailstore::Database& database, std::int64_t before);

}  // namespace mua::sync

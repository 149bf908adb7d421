// What the local store holds, as values: folders, messages as lines of a list, messages as they are
// read. Everything the screen shows is one of these; none of them refers to a database or a server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/address.hpp"
#include "mail/flags.hpp"
#include "mail/imap_fetched.hpp"

namespace mua::sync {

/// Numbers of the local store, never given twice within a file, nor in those of two accounts
/// (`store_number` tells whose one is). A message keeps its id when its flags change and when it is
/// moved, whether the server knows of it yet or not.
using FolderId = std::int64_t;
using MessageId = std::int64_t;
using ThreadId = std::int64_t;
using EntryId = std::int64_t;  ///< of the journal
using DraftId = std::int64_t;
using ContentId = std::int64_t;  ///< of what is sent or appended (content.hpp)

/// The inboxes of all accounts as one list; in no store.
inline constexpr FolderId kAllInboxes = -1;

/// What a folder is for (RFC 6154), also by the names of servers that don't say.
enum class SpecialUse { kNone, kInbox, kDrafts, kSent, kArchive, kJunk, kTrash, kAll, kFlagged };

struct Folder {
  FolderId id = 0;
  std::string name;       ///< UTF-8, as on the server
  std::string separator;  ///< "/" or ".", "" when the server has no hierarchy
  SpecialUse use = SpecialUse::kNone;
  bool selectable = true;
  std::uint32_t total =
      0;  ///< messages, as the server says; the local ones while it can't be asked
  std::uint32_t unread = 0;    ///< as `total`
  std::uint32_t cached = 0;    ///< messages whose headers are here
  std::int64_t synced_at = 0;  ///< seconds since 1970 of the last whole look, 0 never
  bool operator==(const Folder&) const = default;
};

/// A message as a line of a list.
struct Row {
  MessageId id = 0;
  FolderId folder = 0;
  std::uint32_t uid = 0;  ///< 0 until the server has said it, after a move
  ThreadId thread = 0;
  unsigned depth = 0;     ///< of an answer in its thread; 0 in flat lists
  mail::FlagSet flags;    ///< what was done and not yet told the server is in them
  bool pending = false;   ///< the journal has something unfinished about it
  std::int64_t date = 0;  ///< when it came to the server, seconds since 1970
  std::uint64_t size = 0;
  bool has_attachment = false;
  std::vector<mail::NamedAddress> from, to;  ///< `to` at most the first three
  std::string subject;
  std::uint32_t folded = 0;  ///< messages of its thread, itself among them, that it stands for
  std::uint32_t folded_unread = 0;  ///< of these

  bool unread() const { return (flags.system & mail::kSeen) == 0; }
};

/// All of a message's header that is kept, for the reader and for answering.
struct Header {
  Row row;
  std::vector<mail::NamedAddress> from, reply_to, to, cc, bcc;
  std::string subject;
  std::string date;                     ///< as the Date field has it
  std::string message_id, in_reply_to;  ///< with angle brackets
  std::vector<std::string> references;  ///< without them, the oldest first
};

/// How a folder's list is ordered.
enum class Order {
  kNewestFirst,
  kThreads,  ///< threads by their newest message, newest first; within one, answers below what they
             ///< answer
};

/// A thread as one line.
struct ThreadRow {
  ThreadId thread = 0;
  std::uint32_t count = 0, unread = 0;  ///< in this folder
  Row newest;
};

/// Somebody written to or seen, for completion.
struct Person {
  std::string name;
  std::string address;
  bool operator==(const Person&) const = default;
};

/// A text being written. `content` is the screen's own form of it: the store only keeps it.
struct LocalDraft {
  DraftId id = 0;
  std::int64_t saved_at = 0;  ///< seconds since 1970
  std::string content;
};

}  // namespace mua::sync

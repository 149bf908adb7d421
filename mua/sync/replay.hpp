// Telling the server what the journal has: one entry at a time, each safe to tell again when the
// connection was lost in the middle of it. What the server refuses is taken back here and kept with
// its words.
#pragma once

#include <functional>

#include "mua/sync/actions.hpp"
#include "mua/sync/events.hpp"
#include "mua/sync/journal.hpp"
#include "mua/sync/mailbox_sync.hpp"

namespace mua::sync {

class Replay {
 public:
  /// All outlive it. `now`: milliseconds since 1970.
  Replay(MailboxSync& mailbox, LocalStore& store, Events& events,
         std::function<std::int64_t()> now);

  /// Of Journal::next_for_session. Failure when the connection is lost; the entry then waits.
  asio::awaitable<void> carry_out(Entry entry);

 private:
  asio::awaitable<void> tell(Entry entry);
  asio::awaitable<void> tell_flag(Entry entry, std::vector<EntryMessage> messages);
  asio::awaitable<void> tell_move(Entry entry, std::vector<EntryMessage> messages);
  asio::awaitable<void> tell_expunge(Entry entry, std::vector<EntryMessage> messages);
  asio::awaitable<void> tell_append(Entry entry);
  asio::awaitable<void> tell_draft(Entry entry);
  asio::awaitable<void> file_copy(Entry entry);
  asio::awaitable<void> ask_sent(Entry entry);

  asio::awaitable<bool> holds(FolderId folder, std::string message_id);
  asio::awaitable<std::vector<std::uint32_t>> find(FolderId folder, std::string message_id);
  asio::awaitable<void> append_to(FolderId folder, Entry entry);
  asio::awaitable<void> must(mail::imap::Request request, std::string what);
  asio::awaitable<FolderId> require_sent();
  void after_sending(const Entry& entry);
  void finish(const Entry& entry);

  MailboxSync& mailbox_;
  LocalStore& store_;
  Events& events_;
  std::function<std::int64_t()> now_;
  Journal journal_{store_};
  Folders folders_{store_};
};

}  // namespace mua::sync

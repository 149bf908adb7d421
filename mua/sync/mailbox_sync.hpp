// One folder at a time of an open session, brought up to date and kept so: the newest screenful
// first, then what is older in slices, newest first. Whatever the server says on the way (EXISTS,
// VANISHED, FETCH) goes into the local store at once. It uses QRESYNC, CONDSTORE, ESEARCH and
// PARTIAL where they are there, and does without them (RFC 7162, RFC 4731, RFC 9394).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mua/imap_session.hpp"
#include "mua/sync/events.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_writer.hpp"
#include "mua/sync/people.hpp"
#include "mua/sync/sync_words.hpp"

namespace mua::sync {

class MailboxSync {
 public:
  /// All outlive it. `now`: seconds since 1970.
  MailboxSync(ImapSession& session, LocalStore& store, Events& events,
              std::function<std::int64_t()> now);

  /// The folder that is selected; 0 none.
  FolderId folder() const { return folder_; }
  /// Of that one: the headers of all messages.
  bool all_here() const { return point_.lowest == 1; }
  /// Selects it, unless it is selected. Failure (not found) when there is no such folder.
  asio::awaitable<void> enter(FolderId folder);
  /// Runs a request, and takes over whatever is said about the folder meanwhile.
  asio::awaitable<Answer> ask(mail::imap::Request request);
  /// The same for what was said in an idle.
  void take(const Answer& answer);

  /// One step of catching up with what changed; false when there is nothing left.
  asio::awaitable<bool> catch_up();
  /// One slice of what is older; false when all is here.
  asio::awaitable<bool> backfill();
  /// Fetches and keeps the headers of these.
  asio::awaitable<void> fetch_headers(std::vector<std::uint32_t> uids);

  /// What the server told of other folders since it was forgotten.
  struct Told {
    std::set<std::string> folders;  ///< their messages changed
    bool names = false;             ///< there are others now
  };
  const Told& told() const { return told_; }
  void forget_told() { told_ = {}; }
  void forget_told_folders() { told_.folders.clear(); }
  void forget_told_folder(const std::string& name) { told_.folders.erase(name); }

  ImapSession& session() { return session_; }
  /// QRESYNC is, where the server has it (RFC 7162 §3.2.3).
  bool enabled() const { return enabled_; }

 private:
  /// UIDs of new messages that are still to be fetched; `end` is that of the newest.
  struct Gap {
    std::uint32_t low = 0, high = 0, end = 0;
  };
  using Messages = std::vector<mail::imap::Fetched>;
  static constexpr std::uint32_t kSlice = 250;  ///< UIDs asked for at a time

  std::vector<mail::imap::Request> opening(const std::string& name) const;
  asio::awaitable<void> opened(std::vector<Answer> answers);
  asio::awaitable<void> begin_fresh(std::optional<Answer> newest);
  void begin_again(std::uint32_t uid_next);
  void hear(const Answer& answer);
  void take_data(const mail::imap::Data& data);
  void take_flags(const mail::imap::Fetched& fetched);
  /// In small transactions, so that the screen's never wait. The ids of those that are new.
  std::vector<MessageId> keep(Messages messages);
  void meet(MessageId message);
  asio::awaitable<Messages> fetch(mail::NumberRange uids);
  asio::awaitable<void> fetch_new();
  asio::awaitable<void> fill_gap();
  asio::awaitable<void> pull_flags();
  asio::awaitable<void> pull_all_flags(mail::NumberRange range);
  asio::awaitable<void> look_for_vanished();
  asio::awaitable<void> name_unnamed();
  void announce(const std::vector<MessageId>& messages);
  void save();
  void settle();

  ImapSession& session_;
  LocalStore& store_;
  Events& events_;
  std::function<std::int64_t()> now_;
  Folders folders_{store_};
  MessageWriter writer_{store_};
  People people_{store_};

  bool enabled_ = false;
  FolderId folder_ = 0;
  bool is_sent_ = false;  ///< whom it was sent to were written to
  SyncPoint point_;
  std::uint32_t exists_ = 0;
  std::uint64_t highest_ = 0;  ///< mod-sequence up to which all changes were taken
  std::uint32_t width_ = 0;    ///< UIDs a slice asks for

  Told told_;
  bool changed_ = false, settled_ = false;
  std::int64_t looked_ = 0;  ///< when that was last written down
  bool new_ = false;         ///< messages from uid_next on
  bool flags_ = false;       ///< flags may have changed
  bool vanished_ = false;    ///< some may be gone
  std::optional<Gap> gap_;
  std::vector<std::uint32_t> unnamed_;  ///< sequence numbers of FETCH without a UID
};

}  // namespace mua::sync

// history.db: the steps of each message's way through this server, for `mailctl trace`. Written
// behind the mail and never in its way: `add` only puts a step into memory, a thread writes what
// has gathered once a second or 10,000 steps, and a crash loses the last second. Nothing of the
// mail depends on it, so what can't be written is logged and dropped. Steps older than `keep` are
// removed. Safe from every thread; several processes may write.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailstore {

/// Numbers are what history.db stores.
enum class Event {
  kAccepted,   ///< on disk here; `host` sent it
  kDelivered,  ///< the mailbox ("" as host) or `host` has it
  kDeferred,
  kFailed,
  kHeld,
  kReleased,
  kRetried,   ///< somebody asked for an attempt at once
  kRemoved,   ///< somebody gave it up
  kReported,  ///< the sender was told; `reply` names the report
};

/// "accepted"
std::string_view describe(Event event);

struct Step {
  std::int64_t time = 0;   ///< milliseconds since 1970
  std::string queue;       ///< name of the message in the queue
  std::string message_id;  ///< of the header, with <>; "" if it has none
  std::string sender;      ///< "" is the null reverse-path
  std::string recipient;   ///< where it goes; "": of the message as a whole
  std::string original;    ///< as RCPT named it, "" if just so
  Event event = Event::kAccepted;
  std::string host;   ///< name or address of the other side, "" if there was none
  std::string tls;    ///< "TLSv1.3 TLS_AES_256_GCM_SHA384 verified", "" for plain text
  std::string reply;  ///< what the other side, or we, said
  bool operator==(const Step&) const = default;
};

/// The time of a step that is taken now.
std::int64_t step_time();

class History {
 public:
  /// Creates history.db below `data` when it is missing. What is wrong with the file is logged, not
  /// thrown: mail goes on without it.
  History(std::filesystem::path data, std::chrono::seconds keep);
  ~History();  ///< writes what waits
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  void add(Step step);
  /// How long steps are kept from now on.
  void keep(std::chrono::seconds keep);
  /// Returns when everything added before is written, or dropped.
  void flush();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Writes the steps now, in this thread; for a process that takes a few and ends. Throws
/// StoreError.
void write_history(const std::filesystem::path& data, const std::vector<Step>& steps);

}  // namespace mailstore

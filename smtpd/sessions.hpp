// Who is connected: so that the end of the daemon can be told to those who wait for nothing else
// but their next command (RFC 5321 §3.8). A session is touched on its own thread only.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <mutex>

#include "tls/stream.hpp"

namespace smtpd {

class Sessions {
 public:
  /// A session's entry, held by the session, used on its thread.
  class Entry {
   public:
    Entry(tls::Stream& stream, std::atomic<std::size_t>& count)
        : stream_(&stream), executor_(stream.executor()), count_(count) {
      ++count_;
    }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    /// Between these two the session may be interrupted.
    void begin_idle() { idle_ = true; }
    void end_idle() { idle_ = false; }
    void leave() {
      if (stream_ != nullptr) --count_;
      stream_ = nullptr;
    }

   private:
    friend class Sessions;
    tls::Stream* stream_;
    asio::any_io_executor executor_;
    std::atomic<std::size_t>& count_;
    bool idle_ = false;
  };

  std::shared_ptr<Entry> enter(tls::Stream& stream);
  /// Interrupts all that are idle; `stopping` tells the others when they come to it.
  void stop();
  bool stopping() const { return stopping_; }
  /// No more than one session is connected.
  bool lonely() const { return count_ <= 1; }

 private:
  std::atomic<bool> stopping_ = false;
  std::atomic<std::size_t> count_ = 0;
  std::mutex mutex_;
  std::list<std::weak_ptr<Entry>> entries_;
  std::size_t sweep_at_ = 64;
};

}  // namespace smtpd

// What a Stream holds, and its steps that never wait: each tries the socket or OpenSSL once and
// says what must be awaited before the next try. Private to the room.
#pragma once

#include "tls/deflate.hpp"
#include "tls/openssl.hpp"
#include "tls/stream.hpp"

namespace tls {

struct Stream::Impl {
  using Clock = std::chrono::steady_clock;
  /// Why a wait ended other than by readiness.
  enum class Interruption { kNone, kTimeout, kCancelled };

  /// Of TCP or of a Unix socket; connected, or about to be.
  using Socket = asio::generic::stream_protocol::socket;
  explicit Impl(Socket socket);

  /// Asks the kernel for `peer` and `local`: what connects calls it once it is connected.
  void name_ends();

  /// Appends what can be read now, unpacked, at most about one scratch area's size.
  Need try_fill();
  /// What can be read now, as it came, in the scratch area.
  Need try_read(std::string_view& octets);
  /// Writes what can be written now and drops it from `octets`.
  Need try_write(std::string_view& octets);
  Need try_handshake();

  void begin_tls(SslCtx with);
  void expect(const ExpectedPeer& whom);
  void take_up(const ExpectedPeer& whom);
  /// Takes the deadline timer up to the deadline of the wait that begins now.
  static void begin_wait(const std::shared_ptr<Impl>& impl);
  static void arm(const std::shared_ptr<Impl>& impl, Clock::time_point until);
  void release_drained_buffer();
  void append(std::string_view octets);

  /// The two directions of a compressed stream.
  struct Packing {
    Deflater out;
    Inflater in;
    void rest() {
      out.rest();
      in.rest();
    }
  };

  Socket socket;
  asio::ip::tcp::endpoint peer, local;
  bool is_local = false;  ///< a Unix socket
  asio::steady_timer timer;
  Seconds timeout{300};
  bool whole = false;               ///< the waits of the operation under way share one deadline
  Clock::time_point whole_until{};  ///< that deadline, once one of them has begun
  Clock::time_point deadline{};
  Clock::time_point armed_until = Clock::time_point::max();  ///< max: not armed
  Interruption interruption = Interruption::kNone;
  bool waiting = false;
  bool failed = false;          ///< OpenSSL must not be asked to shut down after a fatal error
  unsigned fills_in_a_row = 0;  ///< without waiting, see Stream::fill
  std::string buffer;
  std::size_t begin = 0;  ///< of what is not consumed
  SslCtx context;         ///< outlives `ssl`, whose callbacks use it
  SslHandle ssl;
  std::unique_ptr<Packing> packing;  ///< null: what is sent is what is said

 private:
  Need after(int result);
  [[noreturn]] void fail(StreamError::Kind kind, const std::string& what);
};

}  // namespace tls

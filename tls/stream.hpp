// The byte stream of a session: plain or TLS, upgraded in place, over TCP or a Unix socket. OpenSSL
// reads and writes the socket itself and Asio only waits for readiness, so an idle connection holds
// no I/O buffers. Deadlines live here and nowhere else: an operation that outlives its deadline
// ends with Error kTimeout. The deadline's timer is work of the io_context, so its run() returns
// only after the stream is closed or gone.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tls/asio.hpp"
#include "tls/context.hpp"

namespace tls {

using Seconds = std::chrono::seconds;

/// How a connection ended; thrown by every operation of Stream and caught at the session boundary.
class StreamError : public std::runtime_error {
 public:
  enum class Kind { kClosed, kTimeout, kReset, kTls, kDeflate };
  StreamError(Kind kind, const std::string& what) : std::runtime_error(what), kind(kind) {}
  Kind kind;
};

enum class LineStatus { kLine, kTooLong };

struct Line {
  LineStatus status = LineStatus::kLine;
  std::string
      text;  ///< without its end; when too long, its first octets up to the limit, the rest skipped
  bool bare_lf = false;  ///< ended in LF alone
};

/// Whom a client means to reach.
struct ExpectedPeer {
  /// kDemanded: a certificate that is not valid for one of the names ends the handshake. kNoted:
  /// any will do, and Stream::verified tells (opportunistic TLS, RFC 7435).
  enum class Proof { kDemanded, kNoted };
  std::string host;                  ///< sent as SNI unless it is an address
  std::vector<std::string> names{};  ///< ".b.test": every name below it; none: `host`
  Proof proof = Proof::kDemanded;
  /// Of Stream::session, from an earlier connection that trusted the same CAs: taken up again when
  /// the server still knows it and its certificate is still good for the names.
  std::string session{};
};

class Stream {
 public:
  explicit Stream(asio::ip::tcp::socket socket);
  explicit Stream(asio::local::stream_protocol::socket socket);
  ~Stream();
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;

  /// How long an operation may wait from now on. A handshake and read_line have it for the whole of
  /// what they do, so that a peer who dribbles gains nothing; other operations for each wait.
  void set_timeout(Seconds timeout);

  /// TLS from here on. Octets that were read but not consumed before are dropped (STARTTLS
  /// injection, CVE-2011-0411). handshake_client verifies `host` and sends it as SNI.
  asio::awaitable<void> handshake_server(SslCtx context);
  asio::awaitable<void> handshake_client(SslCtx context, std::string host);
  asio::awaitable<void> handshake_client(SslCtx context, ExpectedPeer peer);

  /// From here on both sides compress by DEFLATE what they send, below TLS or without it (RFC
  /// 4978). What is buffered is compressed already.
  void compress();
  /// No longer, from here on.
  void stop_compression();
  bool compressed() const;

  /// At least one octet into the read buffer; throws kClosed at the end of the stream.
  asio::awaitable<void> fill();
  /// The same without waiting: true when something is buffered then.
  bool fill_if_ready();
  /// What is read and not consumed.
  std::string_view buffered() const;
  void consume(std::size_t octets);
  /// A line up to LF, without its CRLF (or LF: `bare_lf`); at most `limit` octets.
  asio::awaitable<Line> read_line(std::size_t limit);
  /// Writes all of it, waiting for a slow reader. The view must outlive the await.
  asio::awaitable<void> write(std::string_view octets);
  /// The same with one deadline for all of it: a reader who takes an octet now and then gains
  /// nothing.
  asio::awaitable<void> write_in_time(std::string_view octets);
  /// Waits until the peer sent something or closed (IDLE), or cancel() is called. What TLS
  /// exchanges by itself (tickets, key updates) does not end it.
  asio::awaitable<void> wait_readable();
  /// Ends a pending wait of this stream from the same thread; it throws kClosed unless it is
  /// wait_readable, which returns.
  void cancel();
  /// Orderly end: close_notify when TLS, then shutdown. Never throws.
  asio::awaitable<void> close();

  bool encrypted() const;
  /// "TLSv1.3 TLS_AES_256_GCM_SHA384", "" when plain.
  std::string cipher() const;
  /// The client's side: the server's certificate is valid for what was expected.
  bool verified() const;
  /// The client's side: the session of an earlier connection was taken up (RFC 8446 §2.2). Only who
  /// has the secrets of that one can.
  bool resumed() const;
  /// The client's side: what a later connection can take up, "" while the server has not sent it.
  /// It holds secrets.
  std::string session() const;
  /// Channel bindings for SCRAM-PLUS; "" when there is none (RFC 9266, RFC 5929 §4).
  std::string tls_exporter() const;
  std::string tls_server_end_point() const;

  /// Over a Unix socket these two are 0.0.0.0:0.
  asio::ip::tcp::endpoint peer() const;
  asio::ip::tcp::endpoint local() const;
  /// The peer is on this machine: a loopback address or a Unix socket.
  bool peer_is_loopback() const;
  /// Over a Unix socket?
  bool is_local() const;
  /// Who opened the other end of a Unix socket, as the kernel knows it (SO_PEERCRED); nullopt over
  /// TCP.
  std::optional<uid_t> peer_user() const;
  asio::any_io_executor executor();

 private:
  enum class Need { kNothing, kRead, kWrite };
  enum class Waited { kReady, kCancelled };
  struct Impl;
  class WholeOperation;

  asio::awaitable<Waited> wait(Need need);
  asio::awaitable<void> wait_or_end(Need need);
  asio::awaitable<void> handshake();
  asio::awaitable<void> write_packed(std::string_view octets);
  asio::awaitable<void> write_as_it_is(std::string_view octets);

  // Shared with the deadline timer alone, which may still be called when the stream is gone.
  std::shared_ptr<Impl> impl_;
};

/// Connects to host:port, whichever of its addresses, IPv6 or IPv4, answers first (RFC 8305);
/// throws StreamError. `timeout` is that of each address.
asio::awaitable<Stream> connect(std::string host, std::uint16_t port, Seconds timeout);
/// The same with addresses that are known, in the order to try. The error says what each of them
/// met.
asio::awaitable<Stream> connect(std::vector<asio::ip::address> addresses, std::uint16_t port,
                                Seconds timeout);

}  // namespace tls

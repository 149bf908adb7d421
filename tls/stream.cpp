#include "tls/stream.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <array>

#include "tls/stream_impl.hpp"

namespace tls {
namespace {

// A peer that sends faster than it is read would keep its coroutine, and so the whole thread, busy.
constexpr unsigned kFillsInARow = 16;
// A millisecond's work.
constexpr std::size_t kPackedPiece = 32u << 10;

/// Without the CR of the line's end, of which the LF may still be missing.
std::size_t text_length(std::string_view octets) {
  return octets.size() - (octets.ends_with('\r') ? 1 : 0);
}

}  // namespace

/// While it lives, the waits of the stream share one deadline.
class Stream::WholeOperation {
 public:
  explicit WholeOperation(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {
    impl_->whole = true;
    impl_->whole_until = {};
  }
  ~WholeOperation() { impl_->whole = false; }
  WholeOperation(const WholeOperation&) = delete;
  WholeOperation& operator=(const WholeOperation&) = delete;

 private:
  const std::shared_ptr<Impl> impl_;  // may outlive the stream when its loop is destroyed
};

Stream::Stream(asio::ip::tcp::socket socket) : impl_(std::make_shared<Impl>(std::move(socket))) {}
Stream::Stream(asio::local::stream_protocol::socket socket)
    : impl_(std::make_shared<Impl>(std::move(socket))) {}
Stream::~Stream() = default;
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;

void Stream::set_timeout(Seconds timeout) { impl_->timeout = timeout; }

asio::awaitable<void> Stream::handshake_server(SslCtx context) {
  impl_->begin_tls(std::move(context));
  SSL_set_accept_state(impl_->ssl.get());
  co_await handshake();
}

asio::awaitable<void> Stream::handshake_client(SslCtx context, std::string host) {
  ExpectedPeer peer{std::move(host)};
  co_await handshake_client(std::move(context), std::move(peer));
}

asio::awaitable<void> Stream::handshake_client(SslCtx context, ExpectedPeer peer) {
  impl_->begin_tls(std::move(context));
  impl_->expect(peer);
  SSL_set_connect_state(impl_->ssl.get());
  co_await handshake();
}

asio::awaitable<void> Stream::handshake() {
  const WholeOperation whole(impl_);
  for (;;) {
    const auto need = impl_->try_handshake();
    if (need == Need::kNothing) co_return;
    co_await wait_or_end(need);
  }
}

asio::awaitable<void> Stream::fill() {
  if (++impl_->fills_in_a_row > kFillsInARow) {
    impl_->fills_in_a_row = 0;
    co_await asio::post(impl_->socket.get_executor(), asio::use_awaitable);
  }
  for (;;) {
    const auto need = impl_->try_fill();
    if (need == Need::kNothing) co_return;
    co_await wait_or_end(need);
  }
}

bool Stream::fill_if_ready() { return !buffered().empty() || impl_->try_fill() == Need::kNothing; }

std::string_view Stream::buffered() const {
  return std::string_view(impl_->buffer).substr(impl_->begin);
}

void Stream::consume(std::size_t octets) { impl_->begin += octets; }

asio::awaitable<Line> Stream::read_line(std::size_t limit) {
  const WholeOperation whole(impl_);
  Line line;
  std::size_t looked = 0;
  for (;;) {
    const auto end = buffered().find('\n', looked);
    const auto octets = buffered().substr(0, end);
    if (line.status == LineStatus::kLine && text_length(octets) > limit) {
      line.status = LineStatus::kTooLong;
      line.text = octets.substr(0, limit);
    }
    if (end != octets.npos) {
      line.bare_lf = !octets.ends_with('\r');
      if (line.status == LineStatus::kLine) line.text = octets.substr(0, text_length(octets));
      consume(end + 1);
      co_return line;
    }
    // Of a line that is too long the last octet is kept, as it may be the CR of its end.
    looked = line.status == LineStatus::kLine ? octets.size() : 1;
    consume(octets.size() - looked);
    co_await fill();
  }
}

asio::awaitable<void> Stream::write(std::string_view octets) {
  return compressed() ? write_packed(octets) : write_as_it_is(octets);
}

// Each piece is packed at once, so they are small, and between two of them others have their turn.
asio::awaitable<void> Stream::write_packed(std::string_view octets) {
  while (!octets.empty()) {
    const auto piece = octets.substr(0, kPackedPiece);
    octets.remove_prefix(piece.size());
    const auto end = octets.empty() ? Deflater::End::kFlushed : Deflater::End::kOpen;
    const std::string packed = impl_->packing->out.deflate(piece, end);
    co_await write_as_it_is(packed);
    if (!octets.empty()) co_await asio::post(impl_->socket.get_executor(), asio::use_awaitable);
  }
}

asio::awaitable<void> Stream::write_as_it_is(std::string_view octets) {
  while (!octets.empty()) {
    const auto need = impl_->try_write(octets);
    if (need != Need::kNothing) co_await wait_or_end(need);
  }
}

asio::awaitable<void> Stream::write_in_time(std::string_view octets) {
  const WholeOperation whole(impl_);
  co_await write(octets);
}

asio::awaitable<void> Stream::wait_readable() {
  while (buffered().empty()) {
    // TLS may hold a record already, and a readable socket may bring none for us: only reading
    // tells.
    auto need = Need::kRead;
    if (encrypted() || compressed()) {
      try {
        need = impl_->try_fill();
      } catch (const StreamError&) {
        co_return;  // the next fill says so
      }
    }
    if (need == Need::kNothing) co_return;
    const auto waited = co_await wait(need);
    if (waited == Waited::kCancelled || !(encrypted() || compressed())) co_return;
  }
}

void Stream::cancel() {
  if (!impl_->waiting) return;
  impl_->interruption = Impl::Interruption::kCancelled;
  impl_->socket.cancel();
}

asio::awaitable<void> Stream::close() {
  auto& impl = *impl_;
  if (impl.ssl && !impl.failed && SSL_is_init_finished(impl.ssl.get()))
    SSL_shutdown(impl.ssl.get());
  boost::system::error_code ignored;
  impl.socket.shutdown(Impl::Socket::shutdown_send, ignored);
  // Closing with unread octets sends a reset, which could overtake our last words.
  std::array<char, 4096> rest;
  const auto socket = impl.socket.native_handle();
  for (int reads = 0; reads < 256 && ::recv(socket, rest.data(), rest.size(), 0) > 0; ++reads) {
  }
  impl.failed = true;
  impl.timer.cancel();
  impl.socket.close(ignored);
  co_return;
}

asio::awaitable<Stream::Waited> Stream::wait(Need need) {
  using Wait = Impl::Socket;
  const auto impl = impl_;
  if (need == Need::kRead && impl->packing) impl->packing->rest();
  Impl::begin_wait(impl);
  const auto direction = need == Need::kRead ? Wait::wait_read : Wait::wait_write;
  const auto [error] =
      co_await impl->socket.async_wait(direction, asio::as_tuple(asio::use_awaitable));
  impl->waiting = false;
  if (!error) co_return Waited::kReady;
  if (impl->interruption == Impl::Interruption::kCancelled) co_return Waited::kCancelled;
  if (impl->interruption == Impl::Interruption::kTimeout)
    throw StreamError(StreamError::Kind::kTimeout,
                      fmt::format("waited {} s in vain", impl->timeout.count()));
  throw StreamError(StreamError::Kind::kReset, error.message());
}

asio::awaitable<void> Stream::wait_or_end(Need need) {
  const auto waited = co_await wait(need);
  if (waited == Waited::kCancelled)
    throw StreamError(StreamError::Kind::kClosed, "connection ended by this side");
}

void Stream::compress() {
  impl_->packing = std::make_unique<Impl::Packing>();
  impl_->packing->in.feed(buffered());
  consume(buffered().size());
}

void Stream::stop_compression() {
  if (!impl_->packing) return;
  const auto packing = std::move(impl_->packing);
  impl_->append(packing->in.unread());
}

bool Stream::compressed() const { return impl_->packing != nullptr; }

bool Stream::encrypted() const { return impl_->ssl != nullptr; }

asio::ip::tcp::endpoint Stream::peer() const { return impl_->peer; }
asio::ip::tcp::endpoint Stream::local() const { return impl_->local; }

bool Stream::peer_is_loopback() const {
  if (is_local()) return true;
  const auto address = impl_->peer.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  return address.is_loopback();
}

bool Stream::is_local() const { return impl_->is_local; }

std::optional<uid_t> Stream::peer_user() const {
  ucred peer{};
  socklen_t size = sizeof peer;
  const auto socket = impl_->socket.native_handle();
  if (!is_local() || ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
    return std::nullopt;
  return peer.uid;
}

asio::any_io_executor Stream::executor() { return impl_->socket.get_executor(); }

}  // namespace tls

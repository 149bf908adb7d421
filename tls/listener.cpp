#include "tls/listener.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include "conf/log.hpp"
#include "conf/value_error.hpp"
#include "tls/port_owner.hpp"

namespace tls {
namespace {

using asio::ip::tcp;
using Local = asio::local::stream_protocol;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
using OnlyIpv6 = asio::detail::socket_option::boolean<IPPROTO_IPV6, IPV6_V6ONLY>;

constexpr auto kPauseWithoutDescriptors = std::chrono::milliseconds(100);

std::string shown(const tcp::endpoint& endpoint) {
  const auto address = endpoint.address().to_string();
  if (endpoint.address().is_v6()) return fmt::format("[{}]:{}", address, endpoint.port());
  return fmt::format("{}:{}", address, endpoint.port());
}

[[noreturn]] void fail(const tcp::endpoint& endpoint, const boost::system::error_code& error) {
  auto reason = error.message();
  if (error == asio::error::address_in_use)
    reason = fmt::format("the port is in use by {}", port_owner(endpoint.port()));
  else if (error == asio::error::access_denied)
    reason += "; ports below 1024 need root or CAP_NET_BIND_SERVICE";
  const std::string what = fmt::format("cannot listen on {}: {}", shown(endpoint), reason);
  if (error == boost::system::errc::address_not_available)
    throw conf::ValueError(shown(endpoint), what + ", expected an address of this machine");
  throw std::runtime_error(what);
}

/// Bound, not listening.
tcp::acceptor bind(asio::io_context& io, const tcp::endpoint& endpoint, bool shared) {
  tcp::acceptor acceptor(io);
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && shared) acceptor.set_option(ReusePort(true), error);
  if (!error && endpoint.address().is_v6()) acceptor.set_option(OnlyIpv6(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (error) fail(endpoint, error);
  return acceptor;
}

bool has_ipv6() {
  asio::io_context io;
  tcp::acceptor acceptor(io);
  boost::system::error_code error;
  acceptor.open(tcp::v6(), error);
  if (!error) acceptor.bind({asio::ip::address_v6::any(), 0}, error);
  return !error;
}

/// The peer counts as connected until this goes, however its session ends.
class Admission {
 public:
  Admission(std::shared_ptr<Service> service, asio::ip::address peer)
      : service_(std::move(service)), peer_(std::move(peer)) {
    service_->sessions_changed(+1);
  }
  Admission(Admission&&) noexcept = default;
  ~Admission() {
    if (!service_) return;
    service_->count->leave(peer_);
    service_->sessions_changed(-1);
  }
  const SessionFunction& session() const { return service_->session; }

 private:
  std::shared_ptr<Service> service_;
  asio::ip::address peer_;
};

std::string shown_peer(const Stream& stream) {
  return stream.is_local() ? "local" : stream.peer().address().to_string();
}

asio::awaitable<void> run_session(Stream stream, Admission admission) {
  const auto peer = shown_peer(stream);
  try {
    co_await admission.session()(std::move(stream));
  } catch (const StreamError& ended) {
    conf::log(conf::Level::kDebug, "connection ended", {{"peer", peer}, {"reason", ended.what()}});
  } catch (const std::exception& error) {
    conf::log(conf::Level::kError, "session failed", {{"peer", peer}, {"reason", error.what()}});
  }
}

/// What fits the socket's buffer is sent; somebody who is refused is not waited for.
template <class Socket>
void refuse(Socket& socket, const asio::ip::address& peer, const std::string& refusal) {
  conf::log(conf::Level::kWarning, "connection refused: too many", {{"peer", peer.to_string()}});
  ::send(socket.native_handle(), refusal.data(), refusal.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  boost::system::error_code ignored;
  socket.shutdown(Socket::shutdown_send, ignored);
}

std::optional<asio::ip::address> address_of(const tcp::socket& socket) {
  boost::system::error_code gone;
  const auto peer = socket.remote_endpoint(gone).address();
  return gone ? std::nullopt : std::optional(peer);
}

std::optional<asio::ip::address> address_of(const Local::socket&) {
  return asio::ip::address_v4::loopback();
}

template <class Socket>
void take(Socket socket, const std::shared_ptr<Service>& service) {
  const auto from = address_of(socket);
  if (!from) return;
  const asio::ip::address& peer = *from;
  if (!service->count->admit(peer)) return refuse(socket, peer, service->count->refusal());
  const auto executor = socket.get_executor();
  Admission admission(service, peer);
  asio::co_spawn(executor, run_session(Stream(std::move(socket)), std::move(admission)),
                 asio::detached);
}

template <class Acceptor>
asio::awaitable<void> accept_forever(Acceptor& acceptor, std::shared_ptr<Service> service) {
  asio::steady_timer pause(acceptor.get_executor());
  while (acceptor.is_open()) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
    if (!error) {
      take(std::move(socket), service);
      continue;
    }
    if (error == asio::error::operation_aborted) co_return;
    // A peer that gave up already is no trouble; without descriptors, trying at once would spin.
    if (error == asio::error::connection_aborted) continue;
    conf::log(conf::Level::kError, "cannot accept", {{"reason", error.message()}});
    pause.expires_after(kPauseWithoutDescriptors);
    co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

}  // namespace

bool ConnectionCount::admit(const asio::ip::address& peer) {
  const std::lock_guard lock(mutex_);
  if (total_ >= limits_.total) return false;
  const auto found = of_address_.find(peer);
  const auto there = found == of_address_.end() ? 0 : found->second;
  if (counts_alone(peer) && there >= limits_.per_address) return false;
  ++of_address_[peer];
  ++total_;
  return true;
}

void ConnectionCount::leave(const asio::ip::address& peer) {
  const std::lock_guard lock(mutex_);
  --total_;
  const auto found = of_address_.find(peer);
  if (found != of_address_.end() && --found->second == 0) of_address_.erase(found);
}

std::string ConnectionCount::refusal() const {
  const std::lock_guard lock(mutex_);
  return limits_.refusal;
}

void ConnectionCount::limit(ConnectionLimits limits) {
  const std::lock_guard lock(mutex_);
  limits_ = std::move(limits);
}

bool ConnectionCount::counts_alone(const asio::ip::address& peer) const {
  return limits_.limit_loopback || !peer.is_loopback();
}

std::vector<tcp::endpoint> addresses_of(const conf::Endpoint& endpoint) {
  if (endpoint.host != "*") return {{asio::ip::make_address(endpoint.host), endpoint.port}};
  const tcp::endpoint ipv4{asio::ip::address_v4::any(), endpoint.port};
  if (!has_ipv6()) return {ipv4};
  return {ipv4, {asio::ip::address_v6::any(), endpoint.port}};
}

void check_port_is_free(const tcp::endpoint& endpoint) {
  asio::io_context io;
  if (endpoint.port() != 0) bind(io, endpoint, false);
}

tcp::acceptor open_acceptor(asio::io_context& io, const tcp::endpoint& endpoint) {
  auto acceptor = bind(io, endpoint, true);
  boost::system::error_code error;
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) fail(endpoint, error);
  return acceptor;
}

asio::awaitable<void> accept_connections(tcp::acceptor& acceptor,
                                         std::shared_ptr<Service> service) {
  return accept_forever(acceptor, std::move(service));
}

asio::awaitable<void> accept_connections(Local::acceptor& acceptor,
                                         std::shared_ptr<Service> service) {
  return accept_forever(acceptor, std::move(service));
}

}  // namespace tls

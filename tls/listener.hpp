// Accepting connections: one listening socket a thread and endpoint with SO_REUSEPORT, so that the
// kernel spreads connections and a connection lives its life on one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "conf/settings.hpp"
#include "tls/stream.hpp"

namespace tls {

/// Runs one session until it ends. Exceptions it lets out are logged by the listener.
using SessionFunction = std::function<asio::awaitable<void>(Stream)>;

/// How many connections are allowed at once; refused ones get `refusal` (a protocol's own words)
/// and are closed.
struct ConnectionLimits {
  std::uint32_t total = 1000;
  std::uint32_t per_address = 50;
  bool limit_loopback = false;
  std::string refusal;
};

/// Connections at once, of all threads. Shared by the listeners it counts for, and changed while
/// they listen: connections that are there already stay.
class ConnectionCount {
 public:
  explicit ConnectionCount(ConnectionLimits limits) : limits_(std::move(limits)) {}

  /// False when a limit is reached: the connection is not counted.
  bool admit(const asio::ip::address& peer);
  void leave(const asio::ip::address& peer);
  std::string refusal() const;
  void limit(ConnectionLimits limits);

 private:
  bool counts_alone(const asio::ip::address& peer) const;

  mutable std::mutex mutex_;
  ConnectionLimits limits_;
  std::uint32_t total_ = 0;
  std::map<asio::ip::address, std::uint32_t> of_address_;  ///< also of those the limit spares
};

/// What the listeners of all threads share.
struct Service {
  SessionFunction session;
  std::shared_ptr<ConnectionCount> count;
  std::function<void(int)> sessions_changed;  ///< +1 as one begins, -1 as it ends
};

/// The addresses an endpoint of the settings stands for: "*" is both families, where the machine
/// has them.
std::vector<asio::ip::tcp::endpoint> addresses_of(const conf::Endpoint& endpoint);

/// Throws std::runtime_error when somebody listens there already. Needed because SO_REUSEPORT would
/// let a second process of the same user in, and the two would share the mail between them.
void check_port_is_free(const asio::ip::tcp::endpoint& endpoint);

/// A socket that listens, not yet accepting; throws std::runtime_error that says why it can't.
asio::ip::tcp::acceptor open_acceptor(asio::io_context& io,
                                      const asio::ip::tcp::endpoint& endpoint);

/// Accepts until the acceptor is closed. `acceptor` outlives it. Who comes by a Unix socket counts
/// as a peer on loopback.
asio::awaitable<void> accept_connections(asio::ip::tcp::acceptor& acceptor,
                                         std::shared_ptr<Service> service);
asio::awaitable<void> accept_connections(asio::local::stream_protocol::acceptor& acceptor,
                                         std::shared_ptr<Service> service);

}  // namespace tls

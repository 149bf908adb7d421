#include "tls/server.hpp"

#include <fcntl.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <list>
#include <optional>
#include <system_error>
#include <thread>

#include "conf/log.hpp"
#include "tls/worker_pool.hpp"

namespace tls {
namespace {

using asio::ip::tcp;
using Local = asio::local::stream_protocol;

constexpr auto kGrace = std::chrono::seconds(3);

unsigned thread_count(unsigned wanted) {
  return wanted != 0 ? wanted : std::max(1u, std::thread::hardware_concurrency());
}

/// A connection is a descriptor, and the soft limit is often 1024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// A handler that throws must not take its thread, and all connections of it, along.
void run_guarded(asio::io_context& io) {
  for (;;) {
    try {
      io.run();
      return;
    } catch (const std::exception& error) {
      conf::log(conf::Level::kError, "internal error", {{"reason", error.what()}});
    }
  }
}

}  // namespace

struct Server::Impl {
  using WorkGuard = asio::executor_work_guard<asio::io_context::executor_type>;
  /// One thread's: its event loop and the sockets that listen there.
  struct Loop {
    asio::io_context io{1};
    WorkGuard guard{io.get_executor()};
    std::list<tcp::acceptor> acceptors;
    std::list<Local::acceptor> local_acceptors;

    void stop_accepting() {
      boost::system::error_code ignored;
      for (auto& acceptor : acceptors) acceptor.close(ignored);
      for (auto& acceptor : local_acceptors) acceptor.close(ignored);
    }
  };

  explicit Impl(unsigned threads) : loops(thread_count(threads)) {
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    await_signal();
  }

  // Sessions that are destroyed with their loops still report their end.
  ~Impl() { finished = true; }

  void await_signal() {
    signals.async_wait([this](const boost::system::error_code& error, int signal) {
      if (error) return;
      if (signal == SIGHUP)
        reload();
      else
        begin_stop();
      await_signal();
    });
  }

  /// One that was asked for and has not begun serves all who ask.
  void reload() {
    if (reload_due.exchange(true)) return;
    conf::log(conf::Level::kInfo, "reloading");
    reloads->post(0, [this] {
      reload_due = false;
      if (!on_reload || stopping) return;
      try {
        on_reload();
      } catch (const std::exception& error) {
        conf::log(conf::Level::kError, "not reloaded", {{"reason", error.what()}});
      }
    });
  }

  /// On the first loop's thread.
  void begin_stop() {
    if (stopping.exchange(true)) return;
    conf::log(conf::Level::kInfo, "stopping", {{"sessions", sessions.load()}});
    if (on_stop) on_stop();
    socket_files.clear();
    for (auto& loop : loops) asio::post(loop.io, [&loop] { loop.stop_accepting(); });
    grace.expires_after(kGrace);
    grace.async_wait([this](const boost::system::error_code&) { finish(); });
    if (sessions == 0) finish();
  }

  void finish() {
    finished = true;
    for (auto& loop : loops) loop.io.stop();
  }

  void sessions_changed(int by) {
    if ((sessions += by) == 0 && stopping && !finished)
      asio::post(loops.front().io, [this] { finish(); });
  }

  std::shared_ptr<Service> service(SessionFunction session,
                                   std::shared_ptr<ConnectionCount> count) {
    return std::make_shared<Service>(
        Service{std::move(session), std::move(count), [this](int by) { sessions_changed(by); }});
  }

  void listen(tcp::endpoint endpoint, const std::shared_ptr<Service>& service) {
    check_port_is_free(endpoint);
    for (auto& loop : loops) {
      auto& acceptor = loop.acceptors.emplace_back(open_acceptor(loop.io, endpoint));
      endpoint = acceptor.local_endpoint();  // port 0 has become the kernel's choice
      asio::co_spawn(loop.io, accept_connections(acceptor, service), asio::detached);
    }
    listening.push_back(endpoint);
    conf::log(conf::Level::kInfo, "listening",
              {{"address", endpoint.address().to_string()}, {"port", endpoint.port()}});
  }

  /// SO_REUSEPORT is not for Unix sockets: the threads accept from one, each by a descriptor of its
  /// own.
  void listen(const LocalSocket& socket, const std::shared_ptr<Service>& service) {
    auto& first =
        loops.front().local_acceptors.emplace_back(open_acceptor(loops.front().io, socket));
    socket_files.emplace_back(socket.path);
    for (std::size_t i = 1; i < loops.size(); ++i) {
      const int shared = ::fcntl(first.native_handle(), F_DUPFD_CLOEXEC, 0);
      if (shared < 0) throw std::system_error(errno, std::generic_category(), socket.path.string());
      loops[i].local_acceptors.emplace_back(loops[i].io, Local(), shared);
    }
    for (auto& loop : loops)
      asio::co_spawn(loop.io, accept_connections(loop.local_acceptors.back(), service),
                     asio::detached);
    conf::log(conf::Level::kInfo, "listening", {{"socket", socket.path.string()}});
  }

  // In this order: the loops go first, and what their sessions report to is still there.
  std::atomic<int> sessions{0};
  std::atomic<bool> stopping{false}, finished{false}, reload_due{false};
  std::vector<tcp::endpoint> listening;
  std::list<SocketFile> socket_files;
  std::function<void()> on_reload, on_stop;
  std::vector<Loop> loops;
  asio::signal_set signals{loops.front().io, SIGHUP, SIGTERM, SIGINT};
  asio::steady_timer grace{loops.front().io};
  std::optional<WorkerPool> reloads{std::in_place, 1};
};

Server::Server(unsigned threads) : impl_(std::make_unique<Impl>(threads)) {}
Server::~Server() = default;

void Server::listen(const std::vector<conf::Endpoint>& endpoints, SessionFunction session,
                    ConnectionLimits limits) {
  listen(endpoints, std::move(session), std::make_shared<ConnectionCount>(std::move(limits)));
}

void Server::listen(const std::vector<conf::Endpoint>& endpoints, SessionFunction session,
                    std::shared_ptr<ConnectionCount> count) {
  const auto service = impl_->service(std::move(session), std::move(count));
  for (const auto& endpoint : endpoints) {
    auto port = endpoint.port;
    for (auto address : addresses_of(endpoint)) {
      address.port(port);
      impl_->listen(address, service);
      port = impl_->listening.back().port();
    }
  }
}

void Server::listen(const LocalSocket& socket, SessionFunction session,
                    std::shared_ptr<ConnectionCount> count) {
  impl_->listen(socket, impl_->service(std::move(session), std::move(count)));
}

std::vector<tcp::endpoint> Server::listening() const { return impl_->listening; }

void Server::on_reload(std::function<void()> reload) { impl_->on_reload = std::move(reload); }

void Server::on_stop(std::function<void()> stop) { impl_->on_stop = std::move(stop); }

std::shared_ptr<void> Server::busy() {
  impl_->sessions_changed(1);
  return {impl_.get(), [](Impl* impl) { impl->sessions_changed(-1); }};
}

asio::io_context& Server::io(unsigned thread) { return impl_->loops.at(thread).io; }

unsigned Server::threads() const { return static_cast<unsigned>(impl_->loops.size()); }

void Server::run() {
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < impl_->loops.size(); ++i)
    threads.emplace_back([&loop = impl_->loops[i]] { run_guarded(loop.io); });
  run_guarded(impl_->loops.front().io);
  // A reload under way uses what the caller destroys next.
  impl_->reloads.reset();
}

void Server::stop() {
  asio::post(impl_->loops.front().io, [impl = impl_.get()] { impl->begin_stop(); });
}

}  // namespace tls

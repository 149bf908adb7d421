// A next hop that takes everything at once, on many loopback addresses of one port, and keeps count
// of who got which message, told apart by an X-Number field:
//   smtp_sink PORT ADDRESS...     serves until its standard input ends; for each line there it
//   prints
//                                 {"messages": N, "connections": C, "twice": T, "last": seconds}
// where seconds are of the monotonic clock. Plain system calls, because it must cost as little as
// it can: it shares the processor with the server that it measures.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <set>
#include <stdexcept>
#include <unordered_set>

#include "tests/bench/sink_session.hpp"

namespace bench {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(errno)));
}

using Clock = std::chrono::steady_clock;

struct Tally {
  std::unordered_set<std::size_t> numbers;
  std::size_t connections = 0, twice = 0;
  double last = 0;  ///< when the last message came, seconds

  void add(std::size_t number) {
    if (!numbers.insert(number).second) ++twice;
    const auto now = Clock::now().time_since_epoch();
    last = std::chrono::duration<double>(now).count();
  }
};

class Sink {
 public:
  explicit Sink(std::chrono::milliseconds distance)
      : epoll_(epoll_create1(EPOLL_CLOEXEC)), distance_(distance) {
    if (epoll_ < 0) fail("epoll_create1");
    watch(STDIN_FILENO);
  }
  ~Sink() {
    for (const auto& [descriptor, connection] : connections_) close(descriptor);
    for (const int listener : listeners_) close(listener);
    close(epoll_);
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  void listen(const char* address, std::uint16_t port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) fail("socket");
    listeners_.insert(listener);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    if (inet_pton(AF_INET, address, &place.sin_addr) != 1) fail(address);
    if (bind(listener, reinterpret_cast<sockaddr*>(&place), sizeof place) != 0 ||
        ::listen(listener, 200) != 0)
      fail(address);
    watch(listener);
  }

  void serve() {
    std::array<epoll_event, 64> ready;
    for (;;) {
      const int count = epoll_wait(epoll_, ready.data(), ready.size(), patience());
      if (count < 0 && errno != EINTR) fail("epoll_wait");
      for (int i = 0; i < count; ++i) {
        const int descriptor = ready[static_cast<std::size_t>(i)].data.fd;
        if (descriptor == STDIN_FILENO && !tell()) return;
        if (listeners_.contains(descriptor)) accept(descriptor);
        if (connections_.contains(descriptor)) read(descriptor);
      }
      send_what_is_due();
    }
  }

 private:
  struct Connection {
    std::uint64_t number;  ///< descriptors are given again
    SinkSession session;
  };
  struct Reply {
    Clock::time_point due;
    int descriptor;
    std::uint64_t connection;
    std::string text;
  };

  void watch(int descriptor) {
    epoll_event event{EPOLLIN, {.fd = descriptor}};
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) fail("epoll_ctl");
  }

  /// False at the end of standard input.
  bool tell() {
    std::array<char, 64> line;
    if (::read(STDIN_FILENO, line.data(), line.size()) <= 0) return false;
    fmt::print("{{\"messages\": {}, \"connections\": {}, \"twice\": {}, \"last\": {:.6f}}}\n",
               tally_.numbers.size(), tally_.connections, tally_.twice, tally_.last);
    std::fflush(stdout);
    return true;
  }

  void accept(int listener) {
    const int descriptor = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    const auto taken = [this](std::size_t number) { tally_.add(number); };
    connections_.emplace(descriptor, Connection{++tally_.connections, SinkSession(taken)});
    watch(descriptor);
    reply(descriptor, std::string(SinkSession::kGreeting));
  }

  void read(int descriptor) {
    std::array<char, 65536> octets;
    const auto count = recv(descriptor, octets.data(), octets.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return end(descriptor);
    SinkSession& session = connections_.at(descriptor).session;
    reply(descriptor,
          session.receive(std::string_view(octets.data(), static_cast<std::size_t>(count))));
  }

  void reply(int descriptor, std::string text) {
    if (text.empty()) return;
    const std::uint64_t number = connections_.at(descriptor).number;
    replies_.push_back({Clock::now() + distance_, descriptor, number, std::move(text)});
  }

  /// All wait equally long, so that they go in their order.
  void send_what_is_due() {
    for (const auto now = Clock::now(); !replies_.empty() && replies_.front().due <= now;) {
      const Reply reply = std::move(replies_.front());
      replies_.pop_front();
      const auto to = connections_.find(reply.descriptor);
      if (to == connections_.end() || to->second.number != reply.connection) continue;
      send(reply.descriptor, reply.text.data(), reply.text.size(), MSG_NOSIGNAL);
      if (to->second.session.ended()) end(reply.descriptor);
    }
  }

  /// Milliseconds until there is something to send, -1 for ever.
  int patience() const {
    if (replies_.empty()) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(replies_.front().due - Clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
  }

  void end(int descriptor) {
    connections_.erase(descriptor);
    close(descriptor);
  }

  const int epoll_;
  const std::chrono::milliseconds distance_;
  Tally tally_;
  std::set<int> listeners_;
  std::map<int, Connection> connections_;  ///< by descriptor
  std::deque<Reply> replies_;
};

void allow_many_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::uint16_t number_of(const char* text) {
  std::uint16_t number = 0;
  const auto end = text + std::strlen(text);
  const auto [rest, error] = std::from_chars(text, end, number);
  if (error != std::errc() || rest != end)
    throw std::runtime_error(fmt::format("{} is no number", text));
  return number;
}

int run(int argc, char** argv) {
  if (argc < 4) throw std::runtime_error("usage: smtp_sink PORT DISTANCE ADDRESS...");
  const std::uint16_t port = number_of(argv[1]);
  allow_many_descriptors();
  Sink sink{std::chrono::milliseconds(number_of(argv[2]))};
  for (int i = 3; i < argc; ++i) sink.listen(argv[i], port);
  fmt::print("ready\n");
  std::fflush(stdout);
  sink.serve();
  return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) try {
  return bench::run(argc, argv);
} catch (const std::exception& error) {
  fmt::print(stderr, "smtp_sink: {}\n", error.what());
  return 1;
}

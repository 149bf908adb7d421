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

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
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

struct Tally {
  std::unordered_set<std::size_t> numbers;
  std::size_t connections = 0, twice = 0;
  double last = 0;  ///< when the last message came, seconds

  void add(std::size_t number) {
    if (!numbers.insert(number).second) ++twice;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    last = std::chrono::duration<double>(now).count();
  }
};

class Sink {
 public:
  Sink() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) fail("epoll_create1");
    watch(STDIN_FILENO);
  }
  ~Sink() {
    for (const auto& [descriptor, session] : sessions_) close(descriptor);
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
      const int count = epoll_wait(epoll_, ready.data(), ready.size(), -1);
      if (count < 0 && errno != EINTR) fail("epoll_wait");
      for (int i = 0; i < count; ++i) {
        const int descriptor = ready[static_cast<std::size_t>(i)].data.fd;
        if (descriptor == STDIN_FILENO && !tell()) return;
        if (listeners_.contains(descriptor)) accept(descriptor);
        if (sessions_.contains(descriptor)) read(descriptor);
      }
    }
  }

 private:
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
    ++tally_.connections;
    sessions_.emplace(descriptor, SinkSession([this](std::size_t number) { tally_.add(number); }));
    watch(descriptor);
    write(descriptor, SinkSession::kGreeting);
  }

  void read(int descriptor) {
    std::array<char, 65536> octets;
    const auto count = recv(descriptor, octets.data(), octets.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return end(descriptor);
    SinkSession& session = sessions_.at(descriptor);
    write(descriptor,
          session.receive(std::string_view(octets.data(), static_cast<std::size_t>(count))));
    if (session.ended()) end(descriptor);
  }

  /// Replies are short, and their reader waits for them.
  static void write(int descriptor, std::string_view octets) {
    if (!octets.empty()) send(descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
  }

  void end(int descriptor) {
    sessions_.erase(descriptor);
    close(descriptor);
  }

  const int epoll_;
  Tally tally_;
  std::set<int> listeners_;
  std::map<int, SinkSession> sessions_;  ///< by descriptor
};

void allow_many_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int run(int argc, char** argv) {
  std::uint16_t port = 0;
  if (argc < 3 || std::from_chars(argv[1], argv[1] + std::strlen(argv[1]), port).ec != std::errc())
    throw std::runtime_error("usage: smtp_sink PORT ADDRESS...");
  allow_many_descriptors();
  Sink sink;
  for (int i = 2; i < argc; ++i) sink.listen(argv[i], port);
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

// A TCP connection to loopback, closed with its owner. Plain system calls, because the load
// generator must cost as little as it can: it shares the processor with the servers it measures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

class Socket {
 public:
  /// Connects, blocking; throws std::runtime_error.
  explicit Socket(std::uint16_t port);
  ~Socket();
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&&) = delete;

  int descriptor() const { return descriptor_; }
  void set_nonblocking();
  /// All of it, waiting for a slow reader; throws std::runtime_error.
  void write(std::string_view octets);
  /// Appends what is there; blocking unless set_nonblocking. Throws at the end of the stream.
  void read_into(std::string& buffer);

 private:
  int descriptor_;
};

}  // namespace bench

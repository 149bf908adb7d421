// The way to smtpd: a connected Unix socket, used by one thread that waits for it. Owns the socket.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sendmail {

class LocalConnection {
 public:
  /// Throws Failure with a line that says what is wrong and what helps.
  explicit LocalConnection(const std::filesystem::path& socket);
  ~LocalConnection();
  LocalConnection(const LocalConnection&) = delete;
  LocalConnection& operator=(const LocalConnection&) = delete;

  /// The next line without its end. Throws std::runtime_error when there is none, or one longer
  /// than `limit`.
  std::string read_line(std::size_t limit);
  void write(std::string_view octets);
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  std::string buffer_;
};

}  // namespace sendmail

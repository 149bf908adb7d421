// The receiving end of one SMTP connection (RFC 5321, PIPELINING) that takes whatever it is given.
// Pure: octets in, replies out.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace bench {

class SinkSession {
 public:
  /// `taken` gets the number in each message's X-Number field.
  explicit SinkSession(std::function<void(std::size_t)> taken) : taken_(std::move(taken)) {}

  static constexpr std::string_view kGreeting = "220 sink.test ESMTP\r\n";
  /// What to answer.
  std::string receive(std::string_view octets);
  /// QUIT was answered.
  bool ended() const { return ended_; }

 private:
  bool take_one(std::string& replies);
  std::string_view answer(std::string_view command);
  void take_message(std::string_view message);

  std::function<void(std::size_t)> taken_;
  std::string buffer_;
  std::size_t begin_ = 0, searched_ = 0;  ///< in buffer_
  bool in_data_ = false, ended_ = false;
};

}  // namespace bench

#include "tests/bench/sink_session.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace bench {

std::string SinkSession::receive(std::string_view octets) {
  buffer_ += octets;
  std::string replies;
  while (take_one(replies)) continue;
  buffer_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;
  return replies;
}

/// One command, or one whole message.
bool SinkSession::take_one(std::string& replies) {
  const std::string_view end = in_data_ ? "\r\n.\r\n" : "\r\n";
  const auto found = buffer_.find(end, searched_);
  if (found == buffer_.npos) {
    searched_ = std::max(begin_, buffer_.size() - std::min(buffer_.size(), end.size() - 1));
    return false;
  }
  const auto taken = std::string_view(buffer_).substr(begin_, found - begin_);
  begin_ = searched_ = found + end.size();
  if (in_data_) {
    in_data_ = false;
    take_message(taken);
    replies += "250 2.0.0 taken\r\n";
  } else {
    replies += answer(taken.substr(0, 4));
  }
  return true;
}

std::string_view SinkSession::answer(std::string_view command) {
  if (command == "EHLO") return "250-sink.test\r\n250 PIPELINING\r\n";
  in_data_ = command == "DATA";
  ended_ = command == "QUIT";
  if (in_data_) return "354 go on\r\n";
  return ended_ ? "221 bye\r\n" : "250 2.0.0 ok\r\n";
}

void SinkSession::take_message(std::string_view message) {
  constexpr std::string_view kField = "X-Number: ";
  const auto at = message.find(kField);
  if (at == message.npos) throw std::runtime_error("a message without X-Number came");
  const auto digits = message.substr(at + kField.size());
  std::size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  taken_(number);
}

}  // namespace bench

#include "mail/smtp_content.hpp"

#include <algorithm>

namespace mail::smtp {

namespace {

// Large enough to keep system calls few, small beside what a connection buffers anyway.
constexpr std::size_t kPieceSize = 64 << 10;

}  // namespace

ContentPieces::ContentPieces(std::string_view head, std::string_view content, Form form)
    : head_(head), rest_(content), form_(form) {
  if (form_ == Form::kBdat) {
    buffer_ = "BDAT " + std::to_string(head.size() + content.size()) + " LAST\r\n";
    piece_ = buffer_;
  } else {
    stuff_more();
  }
}

void ContentPieces::next() {
  if (form_ == Form::kData) return stuff_more();
  piece_ = take();
}

/// The next octets as they are, "" after the last.
std::string_view ContentPieces::take() {
  std::string_view& from = head_.empty() ? rest_ : head_;
  const std::string_view taken = from.substr(0, kPieceSize);
  from.remove_prefix(taken.size());
  return taken;
}

void ContentPieces::stuff_more() {
  buffer_.clear();
  const std::string_view taken = take();
  if (!taken.empty()) sender_.feed(taken, buffer_);
  if (head_.empty() && rest_.empty() && !ended_) {
    sender_.finish(buffer_);
    ended_ = true;
  }
  piece_ = buffer_;
}

}  // namespace mail::smtp

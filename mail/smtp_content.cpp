#include "mail/smtp_content.hpp"

#include <algorithm>

namespace mail::smtp {

namespace {

// Large enough to keep system calls few, small beside what a connection buffers anyway.
constexpr std::size_t kPieceSize = 64 << 10;

}  // namespace

ContentPieces::ContentPieces(std::string_view content, Form form) : rest_(content), form_(form) {
  if (form_ == Form::kBdat) {
    buffer_ = "BDAT " + std::to_string(content.size()) + " LAST\r\n";
    piece_ = buffer_;
  } else {
    stuff_more();
  }
}

void ContentPieces::next() {
  if (form_ == Form::kData) return stuff_more();
  piece_ = rest_;
  rest_ = {};
}

void ContentPieces::stuff_more() {
  buffer_.clear();
  const std::size_t taken = std::min(rest_.size(), kPieceSize);
  if (taken > 0) sender_.feed(rest_.substr(0, taken), buffer_);
  rest_.remove_prefix(taken);
  if (rest_.empty() && !ended_) {
    sender_.finish(buffer_);
    ended_ = true;
  }
  piece_ = buffer_;
}

}  // namespace mail::smtp

#include "mail/smtp_content.hpp"

#include <algorithm>

namespace mail::smtp {

namespace {

// Large enough to keep system calls few, small beside what a connection buffers anyway.
constexpr std::size_t kPieceSize = 64 << 10;

}  // namespace

ContentPieces::ContentPieces(std::string_view head, std::string_view content, Form form)
    : head_(head), rest_(content), form_(form) {
  begin(head.size() + content.size());
}

ContentPieces::ContentPieces(std::string_view head, const PieceSource& content, Form form)
    : head_(head), read_(content.open()), form_(form) {
  begin(head.size() + content.size);
}

void ContentPieces::begin(std::uint64_t size) {
  if (form_ == Form::kData) return stuff_more();
  buffer_ = "BDAT " + std::to_string(size) + " LAST\r\n";
  piece_ = buffer_;
}

void ContentPieces::next() {
  if (form_ == Form::kData) return stuff_more();
  piece_ = take();
}

/// The next octets as they are, "" after the last.
std::string_view ContentPieces::take() {
  if (head_.empty() && rest_.empty() && read_) {
    read_piece_ = read_();
    rest_ = read_piece_;
    if (rest_.empty()) read_ = nullptr;
  }
  std::string_view& from = head_.empty() ? rest_ : head_;
  const std::string_view taken = from.substr(0, kPieceSize);
  from.remove_prefix(taken.size());
  return taken;
}

void ContentPieces::stuff_more() {
  buffer_.clear();
  const std::string_view taken = take();
  if (!taken.empty()) sender_.feed(taken, buffer_);
  if (head_.empty() && rest_.empty() && !read_ && !ended_) {
    sender_.finish(buffer_);
    ended_ = true;
  }
  piece_ = buffer_;
}

}  // namespace mail::smtp

#include "mail/attached_file.hpp"

#include <algorithm>
#include <utility>

#include "mail/ascii.hpp"
#include "mail/body_type.hpp"
#include "mail/transfer_encoding.hpp"

namespace mail {

namespace {

constexpr std::size_t kLineOctets = 57;  // of 76 characters in base 64
constexpr std::size_t kPieceSize = kLineOctets * 1024;

PieceReader read_view(std::string_view octets) {
  return [octets]() mutable {
    const std::string_view piece = octets.substr(0, kPieceSize);
    octets.remove_prefix(piece.size());
    return std::string(piece);
  };
}

/// CRLF, LF and CR all end a line, wherever the pieces are cut; the last line ends too.
class LineEnds {
 public:
  std::string feed(std::string_view piece) {
    std::string out;
    out.reserve(piece.size() + piece.size() / 32 + 2);
    for (const char c : piece) {
      const bool second = c == '\n' && last_ == '\r';
      last_ = c;
      if (second) continue;
      if (c == '\r' || c == '\n') {
        out += "\r\n";
      } else {
        out += c;
      }
    }
    return out;
  }
  std::string end() const { return last_ == '\n' || last_ == '\r' ? "" : "\r\n"; }

 private:
  char last_ = '\n';
};

/// What decides whether lines can go as they are.
class LinesSeen {
 public:
  explicit LinesSeen(std::string_view boundary) : boundary_(boundary) {}

  void feed(std::string_view lines) {
    for (const char c : lines) {
      length_ = c == '\r' || c == '\n' ? 0 : length_ + 1;
      fits_ = fits_ && c != '\0' && length_ <= kMaxTextLine;
    }
    ascii_ = ascii_ && is_ascii(lines);
    tail_ += lines;
    found_ = found_ || tail_.find(boundary_) != std::string::npos;
    tail_.erase(0, tail_.size() - std::min(tail_.size(), boundary_.size()));
  }
  bool fit() const { return fits_; }
  bool ascii() const { return ascii_; }
  bool found() const { return found_; }

 private:
  std::string boundary_, tail_;
  std::size_t length_ = 0;
  bool fits_ = true, ascii_ = true, found_ = false;
};

}  // namespace

AttachedFile::AttachedFile(const Attachment& attachment, std::string_view boundary)
    : attachment_(&attachment) {
  if (is_message_file(attachment.file_name, attachment.type)) look(boundary);
}

PieceReader AttachedFile::open() const {
  return attachment_->open ? attachment_->open() : read_view(attachment_->content);
}

void AttachedFile::look(std::string_view boundary) {
  LinesSeen seen(boundary);
  write_lines([&](std::string_view lines) { seen.feed(lines); });
  if (!seen.fit()) return;
  form_ = seen.ascii() ? FileForm::k7Bit : FileForm::k8Bit;
  has_boundary_ = seen.found();
}

void AttachedFile::write(const PieceWriter& write) const {
  form_ == FileForm::kBase64 ? write_base64(write) : write_lines(write);
}

void AttachedFile::write_lines(const PieceWriter& write) const {
  LineEnds ends;
  const PieceReader read = open();
  for (std::string piece = read(); !piece.empty(); piece = read()) write(ends.feed(piece));
  write(ends.end());
}

void AttachedFile::write_base64(const PieceWriter& write) const {
  std::string held;
  const PieceReader read = open();
  for (std::string piece = read(); !piece.empty(); piece = read()) {
    held += piece;
    const std::size_t whole = held.size() - held.size() % kLineOctets;
    if (whole > 0) write(encode_base64_body(std::string_view(held).substr(0, whole)));
    held.erase(0, whole);
  }
  if (!held.empty()) write(encode_base64_body(held));
}

}  // namespace mail

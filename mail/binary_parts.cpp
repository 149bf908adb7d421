#include "mail/binary_parts.hpp"

#include <utility>

#include "mail/base64.hpp"
#include "mail/header.hpp"
#include "mail/part_scanner.hpp"

namespace mail {
namespace {

constexpr std::string_view kEncoding = "Content-Transfer-Encoding";
constexpr std::size_t kEncodedLineOctets = 57;  // 76 characters, RFC 2045 §6.8

void append_lines(std::string& out, std::string_view octets) {
  for (std::size_t at = 0; at < octets.size(); at += kEncodedLineOctets) {
    out += base64_encode(octets.substr(at, kEncodedLineOctets));
    out += "\r\n";
  }
}

void append_header(std::string& out, std::string_view header) {
  HeaderReader reader(header);
  while (const auto field = reader.next()) {
    if (!field->is(kEncoding)) out += field->whole;
  }
  out.append(kEncoding).append(": base64\r\n\r\n");
}

/// Copies a message, its binary parts rewritten.
class Rewriter {
 public:
  explicit Rewriter(std::string_view message) : message_(message) {}

  std::string rewrite() {
    take(scan_parts(message_));
    out_ += message_.substr(copied_);
    return std::move(out_);
  }

 private:
  void take(const Part& part) {
    for (const Part& child : part.children) take(child);
    if (!part.children.empty() || part.encoding != "binary") return;
    if (part.body.in(message_).find('\0') == std::string_view::npos) return;
    out_ += message_.substr(copied_, part.header.begin - copied_);
    append_header(out_, part.header.in(message_));
    append_lines(out_, part.body.in(message_));
    copied_ = part.body.end;
  }

  std::string_view message_;
  std::size_t copied_ = 0;  ///< octets of the message that are in out_ in some form
  std::string out_;
};

}  // namespace

std::string encode_binary_parts(std::string_view message) { return Rewriter(message).rewrite(); }

}  // namespace mail

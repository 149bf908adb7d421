// A part of a message without its transfer encoding (RFC 3516), read anywhere without decoding what
// stands before: one pass notes which encoded octet each piece begins with, and how much there is
// in all. A large attachment goes out through constant memory, and a client that fetches it in
// slices, `BINARY[2]<0.65536>` and so on, has each slice decoded alone. Holds no octets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mail/part_scanner.hpp"
#include "mailstore/messages.hpp"

namespace imapd {

class DecodedPart {
 public:
  /// `body` of the message is base64 or quoted-printable.
  DecodedPart(const mailstore::HeldContent& message, mail::Span body, std::string encoding);

  std::uint64_t size() const { return marks_.back().decoded; }
  /// Appends decoded octets [begin, end), which must exist, of the same message.
  void append_to(std::string& out, const mailstore::HeldContent& message, std::uint64_t begin,
                 std::uint64_t end) const;

 private:
  /// Where a piece begins, before and after decoding; the last mark is the end.
  struct Mark {
    std::uint64_t encoded = 0;
    std::uint64_t decoded = 0;
  };

  std::string read(const mailstore::HeldContent& message, std::uint64_t begin,
                   std::uint64_t end) const;

  mail::Span body_;
  std::string encoding_;
  std::vector<Mark> marks_;
};

}  // namespace imapd

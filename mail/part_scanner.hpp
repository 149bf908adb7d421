// Where the MIME parts of a message lie, octet for octet. mimetic decodes and builds MIME but keeps
// no offsets, and IMAP's BODY[1.2.MIME] is a promise about exact octets (RFC 9051 §6.4.5.1); this
// scanner keeps nothing else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail {

/// Half-open octet range [begin, end) of the scanned message.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
  std::string_view in(std::string_view message) const { return message.substr(begin, end - begin); }
};

struct Part {
  Span header;                    ///< with the empty line that ends it
  Span body;                      ///< still encoded
  std::string type = "text";      ///< lower case
  std::string subtype = "plain";  ///< lower case
  std::vector<std::pair<std::string, std::string>>
      params;                     ///< of Content-Type; names lower case, RFC 2231 joined
  std::string encoding = "7bit";  ///< lower case Content-Transfer-Encoding
  std::string disposition;        ///< lower case, "" if none
  std::vector<std::pair<std::string, std::string>> disposition_params;
  std::string id, description, md5, language, location;  ///< raw values, "" if none
  std::size_t lines = 0;                                 ///< line ends in the body
  std::vector<Part> children;  ///< of a multipart; of a message/rfc822: one, the message inside
};

/// The part tree. The root covers the whole message. Bounded like `describe`.
Part scan_parts(std::string_view message);

/// The part an IMAP section number names: {1,2} is "1.2"; {} is the message itself; nullptr when
/// there is none. A non-multipart message has one part, 1, which is its own body (RFC 9051
/// §6.4.5.1).
const Part* find_part(const Part& root, const std::vector<unsigned>& number);

/// The decoded body (base64, quoted-printable or identity), and for text the body as UTF-8 of its
/// charset.
std::string decode_body(const Part& part, std::string_view message);
std::string decode_text(const Part& part, std::string_view message);

}  // namespace mail

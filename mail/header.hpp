// The header of a message as spans of its own octets (RFC 5322 §2.2), for any octets at all: lines
// end in CRLF or LF, and a line that is no field ("From alice Mon..." of an mbox, garbage) is
// passed on with an empty name. Everything returned views into the text given, which the caller
// keeps.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

struct HeaderField {
  std::string_view name;   ///< as written; empty for a line that is no field
  std::string_view value;  ///< after the colon, still folded, without the last line end
  std::string_view whole;  ///< name, value and the last line end: what HEADER.FIELDS sends

  bool is(std::string_view lower_case_name) const;
};

/// Walks the fields of a header. Stops at the empty line or where the text ends.
class HeaderReader {
 public:
  explicit HeaderReader(std::string_view message) : text_(message) {}
  std::optional<HeaderField> next();
  /// After the last field: octets up to and with the empty line.
  std::size_t position() const { return position_; }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
  bool ended_ = false;
};

/// Octets up to and with the empty line that ends the header; all of them when there is none.
std::size_t header_size(std::string_view message);

/// Names are compared without regard to case.
std::optional<HeaderField> find_field(std::string_view message, std::string_view name);
std::vector<HeaderField> find_fields(std::string_view message, std::string_view name);

/// A field's value on one line: line ends of folding removed, blanks at both ends dropped, bare CR
/// and NUL made blanks.
std::string unfold(std::string_view value);
/// The unfolded value of the first such field; "" if there is none.
std::string field_value(std::string_view message, std::string_view name);

}  // namespace mail

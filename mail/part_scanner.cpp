#include "mail/part_scanner.hpp"

#include <algorithm>
#include <array>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/content_type.hpp"
#include "mail/header.hpp"
#include "mail/transfer_encoding.hpp"

namespace mail {
namespace {

constexpr std::size_t kMaxPartDepth = 100;
constexpr std::size_t kMaxParts = 10000;

void read_content_type(Part& part, std::string_view value) {
  ParameterizedValue parsed = parse_parameterized(value);
  const std::size_t slash = parsed.word.find('/');
  // RFC 2045 §5.2: what can't be understood is text/plain.
  if (slash == std::string::npos || slash == 0 || slash + 1 == parsed.word.size()) return;
  part.type = parsed.word.substr(0, slash);
  part.subtype = parsed.word.substr(slash + 1);
  part.params = std::move(parsed.params);
}

void read_disposition(Part& part, std::string_view value) {
  ParameterizedValue parsed = parse_parameterized(value);
  part.disposition = std::move(parsed.word);
  part.disposition_params = std::move(parsed.params);
}

// mechanism := token; comments after it are dropped.
void read_encoding(Part& part, std::string_view value) {
  std::string encoding = parse_parameterized(value).word;
  if (!encoding.empty()) part.encoding = std::move(encoding);
}

void read_field(Part& part, const HeaderField& field) {
  constexpr std::string_view kPrefix = "content-";
  if (field.name.size() <= kPrefix.size() ||
      !same_ignoring_case(field.name.substr(0, kPrefix.size()), kPrefix)) {
    return;
  }
  const std::string name = ascii_lower(field.name.substr(kPrefix.size()));
  if (name == "type") return read_content_type(part, field.value);
  if (name == "transfer-encoding") return read_encoding(part, field.value);
  if (name == "disposition") return read_disposition(part, field.value);
  if (name == "id") part.id = unfold(field.value);
  if (name == "description") part.description = unfold(field.value);
  if (name == "md5") part.md5 = unfold(field.value);
  if (name == "language") part.language = unfold(field.value);
  if (name == "location") part.location = unfold(field.value);
}

/// One pass over the lines of a message. Every line is compared with the boundaries that are open,
/// of which there are at most kMaxPartDepth, so the time is linear whatever the lines say.
class Scanner {
 public:
  explicit Scanner(std::string_view message) : message_(message) {}

  Part scan() {
    Part root;
    scan_entity(root, 0);
    return root;
  }

 private:
  /// What ended a part: the delimiter of the multipart at `level` of open_, or the message's end.
  struct Stop {
    static constexpr std::size_t kEnd = SIZE_MAX;
    std::size_t level = kEnd;
    bool closing = false;
    std::size_t begin = 0;  ///< of the delimiter's line
    std::size_t lines = 0;  ///< line ends before it
  };

  Stop scan_entity(Part& part, std::size_t depth) {
    ++parts_;
    if (const auto stop = scan_header(part)) return *stop;
    part.body.begin = position_;
    const std::size_t lines_before = lines_;
    return end_body(part, scan_body(part, depth), lines_before);
  }

  // The line end before a delimiter belongs to the delimiter, unless a header ends with it: that of
  // the part or of the message in it.
  Stop end_body(Part& part, Stop stop, std::size_t lines_before) const {
    const std::size_t header_end =
        part.children.empty() ? part.body.begin : part.children.back().body.end;
    const bool owns_line_end = stop.level != Stop::kEnd && stop.begin > header_end;
    part.body.end = owns_line_end ? before_line_end(stop.begin) : stop.begin;
    part.lines = stop.lines - lines_before - (owns_line_end ? 1 : 0);
    return stop;
  }

  // A delimiter inside the header ends the part, too: its body is empty then.
  std::optional<Stop> scan_header(Part& part) {
    part.header.begin = position_;
    while (position_ < message_.size()) {
      const std::size_t begin = position_;
      if (auto stop = delimiter_at(begin)) {
        part.header.end = begin;
        part.body = {begin, begin};
        read_fields(part);
        return stop;
      }
      const std::string_view line = take_line();
      if (line == "\r\n" || line == "\n") break;
    }
    part.header.end = position_;
    read_fields(part);
    return std::nullopt;
  }

  void read_fields(Part& part) {
    HeaderReader reader(part.header.in(message_));
    while (const auto field = reader.next()) read_field(part, *field);
  }

  Stop scan_body(Part& part, std::size_t depth) {
    if (parts_ >= kMaxParts) return opaque_rest(part);
    const bool multipart = part.type == "multipart";
    const bool whole_message = part.type == "message" &&
                               (part.subtype == "rfc822" || part.subtype == "global") &&
                               is_identity(part.encoding);
    if (!multipart && !whole_message) return leaf(part);
    if (depth >= kMaxPartDepth) {
      make_opaque(part);
      return skip_to_delimiter();
    }
    return multipart ? scan_multipart(part, depth) : scan_message(part, depth);
  }

  // An encoded message can't be shown as a message, because its parts have no octets of their own.
  Stop leaf(Part& part) {
    if (part.type == "message" && (part.subtype == "rfc822" || part.subtype == "global")) {
      make_opaque(part);
    }
    return skip_to_delimiter();
  }

  static void make_opaque(Part& part) {
    part.type = "application";
    part.subtype = "octet-stream";
    part.params.clear();
  }

  // Too many parts: the last one takes all that is left.
  Stop opaque_rest(Part& part) {
    make_opaque(part);
    open_.clear();
    return skip_to_delimiter();
  }

  Stop scan_message(Part& part, std::size_t depth) {
    part.children.emplace_back();
    return scan_entity(part.children.back(), depth + 1);
  }

  Stop scan_multipart(Part& part, std::size_t depth) {
    const std::string boundary(trim_right(parameter(part.params, "boundary")));
    if (boundary.empty()) return no_multipart(part, skip_to_delimiter());
    const std::size_t level = open_.size();
    open_.push_back("--" + boundary);
    Stop stop = skip_to_delimiter();
    while (stop.level == level && !stop.closing) {
      Part& child = part.children.emplace_back();
      if (part.subtype == "digest") child.type = "message", child.subtype = "rfc822";
      stop = scan_entity(child, depth + 1);
    }
    if (open_.size() > level) open_.resize(level);
    if (stop.level == level) stop = skip_to_delimiter();
    return part.children.empty() ? no_multipart(part, stop) : stop;
  }

  // A multipart without parts has nothing to show but its text (RFC 2045 §5.2).
  static Stop no_multipart(Part& part, Stop stop) {
    part.type = "text";
    part.subtype = "plain";
    part.params.clear();
    return stop;
  }

  static std::string_view trim_right(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
  }

  // Past the next delimiter of any open multipart, or to the end.
  Stop skip_to_delimiter() {
    while (position_ < message_.size()) {
      if (auto stop = delimiter_at(position_)) return *stop;
      take_line();
    }
    return {Stop::kEnd, false, message_.size(), lines_};
  }

  // delimiter := "--" boundary; close-delimiter := delimiter "--"; then transport-padding.
  // Takes the line when it is one of an open multipart; the innermost is asked first.
  std::optional<Stop> delimiter_at(std::size_t begin) {
    if (open_.empty() || !message_.substr(begin).starts_with("--")) return std::nullopt;
    const std::size_t end = std::min(message_.find('\n', begin), message_.size());
    const std::string_view line = trim_right(message_.substr(begin, end - begin));
    for (std::size_t level = open_.size(); level-- > 0;) {
      if (!line.starts_with(open_[level])) continue;
      const std::string_view rest = line.substr(open_[level].size());
      if (!rest.empty() && rest != "--") continue;
      const std::size_t lines = lines_;
      take_line();
      return Stop{level, !rest.empty(), begin, lines};
    }
    return std::nullopt;
  }

  std::string_view take_line() {
    const std::size_t lf = message_.find('\n', position_);
    const std::size_t end = lf == std::string_view::npos ? message_.size() : lf + 1;
    if (lf != std::string_view::npos) ++lines_;
    const std::string_view line = message_.substr(position_, end - position_);
    position_ = end;
    return line;
  }

  std::size_t before_line_end(std::size_t position) const {
    if (position > 0 && message_[position - 1] == '\n') --position;
    if (position > 0 && message_[position - 1] == '\r') --position;
    return position;
  }

  std::string_view message_;
  std::size_t position_ = 0;
  std::size_t lines_ = 0;  ///< line ends before position_
  std::size_t parts_ = 0;
  std::vector<std::string> open_;  ///< delimiters of the multiparts around position_
};

const Part* child_at(const Part& part, unsigned number) {
  return number >= 1 && number <= part.children.size() ? &part.children[number - 1] : nullptr;
}

}  // namespace

Part scan_parts(std::string_view message) { return Scanner(message).scan(); }

// section-part = nz-number *("." nz-number)
const Part* find_part(const Part& root, const std::vector<unsigned>& number) {
  const Part* part = &root;
  bool message = true;  // `part` is a message: what it holds is numbered from its body
  for (const unsigned n : number) {
    if (!message && part->type == "message" && part->children.size() == 1) {
      part = &part->children.front();
      message = true;
    }
    const bool single = part->type != "multipart";
    if (single && (!message || n != 1)) return nullptr;
    if (!single) part = child_at(*part, n);
    if (part == nullptr) return nullptr;
    message = false;
  }
  return part;
}

std::string decode_body(const Part& part, std::string_view message) {
  return decode_transfer(part.body.in(message), part.encoding);
}

std::string decode_text(const Part& part, std::string_view message) {
  return to_utf8(decode_body(part, message), parameter(part.params, "charset"));
}

}  // namespace mail

#include "mail/downgrade.hpp"

#include <algorithm>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/content_type.hpp"
#include "mail/header.hpp"
#include "mail/part_scanner.hpp"
#include "mail/transfer_encoding.hpp"

namespace mail {

namespace {

constexpr std::string_view kEncodingField = "content-transfer-encoding";

/// As the header has it, which the scanner may have set aside; "" where there is none.
std::string declared_type(std::string_view header) {
  return parse_parameterized(field_value(header, "content-type")).word;
}

// A line break before a blank is undone by unfolding (RFC 5322 §2.2.3). A line of blanks alone must
// not arise: some take it for the end of the header.
std::size_t fold_point(std::string_view line) {
  std::size_t point = 0;
  std::size_t text = 0;  // octets that are no blanks
  for (std::size_t i = 0; i < std::min(line.size(), kMaxTextLine + 1); ++i) {
    if (!is_blank(line[i])) {
      ++text;
    } else if (text > 0 && trim(line.substr(i)) != "") {
      point = i;
    }
  }
  return point;
}

/// Lines of at most 998 octets as far as blanks allow.
std::string fold_long_lines(std::string_view header) {
  std::string folded;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find("\r\n"), header.size());
    std::string_view line = header.substr(0, end);
    while (line.size() > kMaxTextLine) {
      const std::size_t point = fold_point(line);
      if (point == 0) break;
      folded.append(line.substr(0, point)).append("\r\n");
      line.remove_prefix(point);
    }
    const std::size_t next = std::min(end + 2, header.size());
    folded.append(line).append(header.substr(end, next - end));
    header.remove_prefix(next);
  }
  return folded;
}

/// Text stays legible and octets short: whichever the content makes the smaller.
std::string fitting_encoding(std::string_view octets) {
  const auto escaped = std::count_if(octets.begin(), octets.end(), [](char c) {
    return is_8bit(c) || c == '=' || (c < ' ' && c != '\r' && c != '\n' && c != '\t');
  });
  return static_cast<std::size_t>(escaped) * 6 > octets.size() ? "base64" : "quoted-printable";
}

class Downgrader {
 public:
  Downgrader(std::string_view message, BodyType most) : message_(message), most_(most) {}

  Result<std::string, std::string> run() {
    write_part(scan_parts(message_), Place::kMessage);
    if (!refusal_ && !fits(out_)) refuse("its structure has octets that no encoding can hold");
    if (refusal_) return unexpected(*refusal_);
    return std::move(out_);
  }

 private:
  /// kMessage: the header is a message's, whose MIME fields mean nothing without MIME-Version.
  enum class Place { kMessage, kBodyPart };

  bool fits(std::string_view octets) const { return body_type(octets) <= most_; }

  void refuse(std::string why) {
    if (!refusal_) refusal_ = std::move(why);
  }

  void write_part(const Part& part, Place place) {
    const std::string_view whole = Span{part.header.begin, part.body.end}.in(message_);
    if (refusal_ || fits(whole)) {
      out_ += whole;
      return;
    }
    if (part.type == "multipart" && part.subtype == "signed") {
      return refuse("a signed part would be changed");
    }
    const std::string header = fit_header(part.header.in(message_));
    if (fits(part.body.in(message_))) {
      out_.append(header).append(part.body.in(message_));
    } else if (!part.children.empty() && part.subtype != "global") {
      write_children(part, header);
    } else {
      write_leaf(part, header, place);
    }
  }

  std::string fit_header(std::string_view header) {
    std::string folded = fold_long_lines(header);
    if (!fits(folded)) refuse("its header has octets that only a newer server takes");
    return folded;
  }

  // RFC 2045 §6.4: what is made of parts has no encoding but theirs.
  void write_children(const Part& part, std::string_view header) {
    const bool stronger = part.encoding == "binary" || part.encoding == "8bit";
    const std::string_view name = most_ == BodyType::k7Bit ? "7bit" : "8bit";
    out_ += stronger ? with_encoding(header, name) : std::string(header);
    write_preamble({part.body.begin, part.children.front().header.begin});
    const bool message = part.type == "message";
    for (std::size_t i = 0; i < part.children.size(); ++i) {
      const Part& child = part.children[i];
      write_part(child, message ? Place::kMessage : Place::kBodyPart);
      const bool last = i + 1 == part.children.size();
      const Span rest{child.body.end, last ? part.body.end : part.children[i + 1].header.begin};
      last ? write_epilogue(rest) : write_exactly(rest);
    }
  }

  void write_exactly(Span span) { out_ += span.in(message_); }

  // Preamble and epilogue are there to be ignored (RFC 2046 §5.1.1): where they are not fit, only
  // the delimiter in them is kept.
  void write_preamble(Span span) {
    const std::string_view text = span.in(message_);
    const std::size_t delimiter = text.rfind("\r\n--");
    const bool drop = !fits(text) && delimiter != std::string_view::npos;
    out_ += drop ? text.substr(delimiter + 2) : text;
  }

  void write_epilogue(Span span) {
    const std::string_view text = span.in(message_);
    const std::size_t delimiter = text.find("\r\n--");
    const std::size_t begin = delimiter == std::string_view::npos ? 0 : delimiter + 2;
    const std::size_t end = text.find("\r\n", begin);
    out_ += fits(text) || end == std::string_view::npos ? text : text.substr(0, end + 2);
  }

  void write_leaf(const Part& part, std::string_view header, Place place) {
    const std::string type = declared_type(header);
    // RFC 2045 §6.4, RFC 2046 §5.2: these may not be encoded.
    if (type.starts_with("multipart/") || type == "message/partial" ||
        type == "message/external-body" ||
        (type == "message/rfc822" && is_identity(part.encoding))) {
      return refuse("a part of type " + type + " can't be encoded");
    }
    const std::string octets = decode_transfer(part.body.in(message_), part.encoding);
    const std::string encoding =
        is_identity(part.encoding) ? fitting_encoding(octets) : part.encoding;
    out_ += place == Place::kMessage ? with_mime(with_encoding(header, encoding), octets)
                                     : with_encoding(header, encoding);
    out_ += encoding == "base64" ? encoded_lines(octets, part.body.end)
                                 : encode_quoted_printable(octets);
  }

  // Before a delimiter stands the line end that is the delimiter's own.
  std::string encoded_lines(std::string_view octets, std::size_t end) const {
    std::string lines = encode_base64_body(octets);
    if (end < message_.size() && lines.ends_with("\r\n")) lines.resize(lines.size() - 2);
    return lines;
  }

  /// The header with that encoding in place of what it says.
  static std::string with_encoding(std::string_view header, std::string_view encoding) {
    std::string changed;
    bool said = false;
    HeaderReader reader(header);
    while (const auto field = reader.next()) {
      if (!field->is(kEncodingField)) {
        changed += field->whole;
      } else if (!said) {
        changed.append(field->name).append(": ").append(encoding).append("\r\n");
        said = true;
      }
    }
    if (!said) changed.append("Content-Transfer-Encoding: ").append(encoding).append("\r\n");
    return changed + "\r\n";
  }

  /// The header of a message with the MIME fields it lacks. Which charset the text of a message
  /// from before MIME has, only the text can tell; RFC 1428 §3 has the name for what stays unknown.
  static std::string with_mime(std::string header, std::string_view text) {
    std::string fields;
    if (!find_field(header, "mime-version")) fields += "MIME-Version: 1.0\r\n";
    if (!find_field(header, "content-type")) {
      const std::string_view charset = is_ascii(text)  ? "us-ascii"
                                       : is_utf8(text) ? "utf-8"
                                                       : "unknown-8bit";
      fields.append("Content-Type: text/plain; charset=").append(charset).append("\r\n");
    }
    header.insert(header.size() - 2, fields);
    return header;
  }

  const std::string_view message_;
  const BodyType most_;
  std::string out_;
  std::optional<std::string> refusal_;
};

bool part_has_utf8_header(const Part& part, std::string_view message) {
  if (!is_ascii(part.header.in(message))) return true;
  return std::any_of(part.children.begin(), part.children.end(),
                     [&](const Part& child) { return part_has_utf8_header(child, message); });
}

}  // namespace

Result<std::string, std::string> downgrade(std::string_view message, BodyType most) {
  return Downgrader(message, most).run();
}

bool has_utf8_header(std::string_view message) {
  return part_has_utf8_header(scan_parts(message), message);
}

}  // namespace mail

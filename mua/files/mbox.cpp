#include "mua/files/mbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "mail/address.hpp"
#include "mail/header.hpp"
#include "mua/exit_code.hpp"
#include "mua/files/from_line.hpp"
#include "mua/files/status_fields.hpp"

namespace mua::files {

namespace {

constexpr std::size_t kChunk = 256 * 1024;
// Longer ones are told by their lines: a length that lies must not fill memory.
constexpr std::uint64_t kLongestBelieved = 256u << 20;
constexpr std::string_view kFromWord = "From ";

bool is_empty_line(std::string_view line) { return line == "\n" || line == "\r\n"; }

/// "From ", ">From ", ">>From " ...
bool is_from_like(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of('>'), line.size())).starts_with(kFromWord);
}

/// Runs over the lines, their ends included.
template <class Take>
void each_line(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    take(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string unquoted(std::string_view text, MboxKind kind) {
  std::string out;
  out.reserve(text.size());
  each_line(text, [&](std::string_view line) {
    const bool quoted = line.starts_with(">From ") ||
                        (kind == MboxKind::kRd && line.starts_with('>') && is_from_like(line));
    out += quoted ? line.substr(1) : line;
  });
  return out;
}

std::string quoted(std::string_view text, MboxKind kind) {
  std::string out;
  out.reserve(text.size() + 64);
  each_line(text, [&](std::string_view line) {
    if (kind == MboxKind::kRd ? is_from_like(line) : line.starts_with(kFromWord)) out += '>';
    out += line;
  });
  return out;
}

std::string sender_of(std::string_view message) {
  std::string path = mail::field_value(message, "return-path");
  if (path.size() > 2 && path.front() == '<' && path.back() == '>') {
    return path.substr(1, path.size() - 2);
  }
  const auto from = mail::parse_address_list(mail::field_value(message, "from"));
  return from.empty() ? "" : from.front().address.to_string();
}

}  // namespace

std::optional<MboxKind> parse_mbox_kind(std::string_view word) {
  if (word == "auto") return MboxKind::kAuto;
  if (word == "mboxrd") return MboxKind::kRd;
  if (word == "mboxo") return MboxKind::kO;
  if (word == "mboxcl") return MboxKind::kCl;
  if (word == "mboxcl2") return MboxKind::kCl2;
  return std::nullopt;
}

std::optional<std::uint64_t> take_length(std::string& header) {
  const auto field = mail::find_field(header, "content-length");
  if (!field) return std::nullopt;
  const std::string value = mail::unfold(field->value);
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  const bool valid = error == std::errc() && end == value.data() + value.size();
  if (!valid && !value.empty()) return std::nullopt;
  header.erase(static_cast<std::size_t>(field->whole.data() - header.data()), field->whole.size());
  return valid ? std::optional(length) : std::nullopt;
}

// --- Reading ---

MboxReader::MboxReader(std::istream& in, std::string name, MboxKind kind)
    : in_(in), name_(std::move(name)), kind_(kind) {}

bool MboxReader::have(std::size_t octets) {
  while (buffer_.size() - at_ < octets) {
    if (at_ > kChunk) {
      buffer_.erase(0, at_);
      at_ = 0;
    }
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kChunk);
    in_.read(buffer_.data() + before, kChunk);
    buffer_.resize(before + static_cast<std::size_t>(in_.gcount()));
    if (in_.bad()) throw Failure(ExitCode::kFailed, "cannot read " + name_);
    if (buffer_.size() == before) return false;
  }
  return true;
}

std::string_view MboxReader::peek_line() {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t end = buffer_.find('\n', at_ + searched);
    if (end != std::string::npos) return std::string_view(buffer_).substr(at_, end + 1 - at_);
    searched = buffer_.size() - at_;
    if (!have(searched + 1)) return std::string_view(buffer_).substr(at_);
  }
}

void MboxReader::drop(std::size_t octets) {
  at_ += octets;
  position_ += octets;
}

void MboxReader::warn(const std::string& what) {
  warnings_.push_back(fmt::format("{}, octet {}: {}", name_, position_, what));
}

std::vector<std::string> MboxReader::take_warnings() { return std::exchange(warnings_, {}); }

void MboxReader::find_beginning() {
  begun_ = true;
  while (is_empty_line(peek_line())) drop(peek_line().size());
  const std::string_view line = peek_line();
  if (line.empty() || parse_from_line(line)) return;
  throw Failure(ExitCode::kFailed,
                fmt::format("{}, octet {}: no line such as \"From ann@example.test Sat Nov 21 "
                            "12:21:59 2026\"; this is no mbox",
                            name_, position_),
                "Nothing was taken. A single message is imported as a file of a Maildir.");
}

std::string MboxReader::read_header() {
  std::string header;
  for (;;) {
    const std::string_view line = peek_line();
    if (line.empty()) return header;
    header += line;
    const bool ends = is_empty_line(line);
    drop(line.size());
    if (ends) return header;
  }
}

/// So many octets, if the next message or the end of the file follows them; at most two line ends
/// stand between.
std::optional<std::string> MboxReader::body_of_length(std::uint64_t length) {
  if (length > kLongestBelieved) return std::nullopt;
  const auto size = static_cast<std::size_t>(length);
  if (!have(size)) return std::nullopt;
  have(size + 2 + kFromWord.size());
  std::string_view after = std::string_view(buffer_).substr(at_ + size);
  std::size_t ends = 0;
  while (ends < 2 && ends < after.size() && after[ends] == '\n') ++ends;
  after.remove_prefix(ends);
  if (!after.empty() && (ends == 0 || !after.starts_with(kFromWord))) return std::nullopt;
  std::string body = buffer_.substr(at_, size);
  drop(size + ends);
  return body;
}

std::string MboxReader::body_by_lines() {
  std::string body;
  bool after_empty = true;
  for (;;) {
    const std::string_view line = peek_line();
    if (line.empty()) break;
    if (line.starts_with(kFromWord)) {
      const bool is_next = parse_from_line(line).has_value();
      if (after_empty && is_next) break;
      if (is_next || after_empty) {
        warn(is_next ? "a \"From \" line without an empty line before it is taken for text"
                     : "a line that begins with \"From \" and has no date is taken for text");
      }
    }
    after_empty = is_empty_line(line);
    body += line;
    drop(line.size());
  }
  // The empty line that ends a message is the mbox's.
  if (body.ends_with("\n\r\n")) {
    body.resize(body.size() - 2);
  } else if (body.ends_with("\n\n") || body == "\n") {
    body.pop_back();
  }
  return body;
}

std::optional<StoredMessage> MboxReader::next() {
  if (!begun_) find_beginning();
  const std::string_view line = peek_line();
  if (line.empty()) return std::nullopt;
  StoredMessage message;
  message.place = fmt::format("{}, octet {}", name_, position_);
  const auto from = parse_from_line(line);
  if (from) message.received = from->date;
  if (!from) warn("a \"From \" line without a date");
  drop(line.size());
  std::string header = read_header();
  const auto length = take_length(header);
  const bool may_tell = kind_ != MboxKind::kRd && kind_ != MboxKind::kO;
  std::optional<std::string> body;
  if (length && may_tell) {
    body = body_of_length(*length);
    if (!body) warn("Content-Length leads nowhere; the message ends at the next \"From \" line");
  }
  const bool by_length = body.has_value();
  if (!body) body = body_by_lines();
  message.octets = std::move(header) + *body;
  message.flags = take_status_fields(message.octets);
  const bool as_it_is = kind_ == MboxKind::kCl2 || (kind_ == MboxKind::kAuto && by_length);
  const MboxKind kind = kind_ == MboxKind::kAuto ? MboxKind::kRd : kind_;
  message.octets = with_crlf(as_it_is ? message.octets : unquoted(message.octets, kind));
  return message;
}

// --- Writing ---

std::string render_mbox(const StoredMessage& message, MboxKind kind) {
  std::string text = with_lf(message.octets);
  std::string out =
      render_from_line({sender_of(message.octets), message.received.value_or(mail::DateTime{})});
  const bool tells = kind == MboxKind::kCl || kind == MboxKind::kCl2;
  const std::string status = status_fields(message.flags, text);
  const bool has_length = mail::find_field(text, "content-length").has_value();
  if (kind != MboxKind::kCl2) text = quoted(text, kind == MboxKind::kCl ? MboxKind::kO : kind);
  if (tells) {
    out += fmt::format("Content-Length: {}\n", text.size() - mail::header_size(text));
  } else if (has_length) {
    out += "Content-Length:\n";
  }
  out += status + text;
  if (!text.ends_with('\n')) out += '\n';
  return out + "\n";
}

}  // namespace mua::files

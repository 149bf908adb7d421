#include "mail/body_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/field_writer.hpp"
#include "mail/media_type.hpp"
#include "mail/transfer_encoding.hpp"

namespace mail {
namespace {

constexpr std::size_t kLineLength = 78;

// CRLF, LF and CR all end a line.
std::string with_crlf(std::string_view text) {
  std::string lines;
  lines.reserve(text.size() + text.size() / 32 + 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (pair) continue;
    if (text[i] == '\r' || text[i] == '\n') {
      lines += "\r\n";
    } else {
      lines += text[i];
    }
  }
  if (!lines.empty() && !lines.ends_with("\r\n")) lines += "\r\n";
  return lines;
}

bool has_long_line(std::string_view text, std::size_t limit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\r\n"), text.size());
    if (end > limit) return true;
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return false;
}

bool is_plain(std::string_view text) {
  const bool odd = std::any_of(text.begin(), text.end(), [](char c) {
    return is_8bit(c) || (c < ' ' && !is_space(c)) || c == 127;
  });
  return !odd && !has_long_line(text, kLineLength) && !text.starts_with("From ") &&
         text.find("\nFrom ") == std::string_view::npos;
}

std::string fields(std::string_view type, std::string_view encoding) {
  return fmt::format("Content-Type: {}\r\nContent-Transfer-Encoding: {}\r\n", type, encoding);
}

}  // namespace

std::string text_part(std::string_view utf8) {
  const std::string text = with_crlf(repair_utf8(utf8));
  const std::string charset = is_ascii(text) ? "us-ascii" : "utf-8";
  const std::string type = "text/plain; charset=" + charset;
  if (is_plain(text)) return fields(type, "7bit") + "\r\n" + text;
  const auto odd = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_8bit));
  // Where most of the text would become =XX, base64 is shorter by half.
  if (odd > text.size() / 4) return fields(type, "base64") + "\r\n" + encode_base64_body(text);
  return fields(type, "quoted-printable") + "\r\n" + encode_quoted_printable(text);
}

std::string identity_part(std::string_view type, std::string_view content) {
  return fields(type, is_ascii(content) ? "7bit" : "8bit") + "\r\n" + std::string(content);
}

std::string file_part(std::string_view file_name, std::string_view type, std::string_view content) {
  std::string media(type.empty() ? media_type_of(file_name) : type);
  std::erase_if(media, [](char c) { return c < ' ' || c == 127; });
  std::string disposition = "Content-Disposition: attachment";
  append_parameter_line(disposition, "filename", file_name);
  disposition += "\r\n";
  // RFC 2046 §5.2.1: a message is not encoded; what can't go as it is, is a file and no message.
  const bool message = media == "message/rfc822";
  const bool fits = content.find('\0') == std::string_view::npos && !has_long_line(content, 998);
  if (message && fits) return disposition + identity_part(media, with_crlf(content));
  if (message) media = "application/octet-stream";
  return disposition + fields(media, "base64") + "\r\n" + encode_base64_body(content);
}

std::string multipart(std::string_view type, const std::vector<std::string>& parts,
                      std::string_view seed) {
  // "=_" occurs in no encoded body; what is not encoded is looked through.
  std::string boundary = fmt::format("=_{:016x}", std::hash<std::string_view>{}(seed));
  const auto occurs = [&](const std::string& part) {
    return part.find(boundary) != std::string::npos;
  };
  while (std::any_of(parts.begin(), parts.end(), occurs)) boundary += '_';
  std::string out = fmt::format("Content-Type: {};\r\n boundary=\"{}\"\r\n\r\n", type, boundary);
  for (const std::string& part : parts) {
    out += "--" + boundary + "\r\n" + part + "\r\n";
  }
  return out + "--" + boundary + "--\r\n";
}

}  // namespace mail

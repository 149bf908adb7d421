#include "mail/body_writer.hpp"

#include <fmt/format.h>
#include <mimetic/mimeentity.h>

#include <algorithm>
#include <functional>
#include <sstream>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"
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

// mimetic writes the children of a message/rfc822 and never its body. This message came as octets
// and goes as it came.
class MessageEntity : public mimetic::MimeEntity {
 protected:
  std::ostream& write(std::ostream& out, const char*) const override {
    constexpr unsigned kFold = 76;
    for (const mimetic::Field& field : header()) field.write(out, kFold) << "\r\n";
    return out << "\r\n" << body();
  }
};

mimetic::ContentType content_type(std::string_view type) {
  const mimetic::ContentType content{std::string(type)};
  const bool whole = !content.type().empty() && !content.subtype().empty();
  return whole ? content : mimetic::ContentType("application", "octet-stream");
}

bool is_message(const mimetic::ContentType& type) {
  return type.type() == "message" && type.subtype() == "rfc822";
}

Entity leaf(const mimetic::ContentType& type, const char* encoding, std::string body) {
  Entity entity(is_message(type) ? new MessageEntity : new mimetic::MimeEntity);
  entity->header().contentType(type);
  entity->header().contentTransferEncoding(mimetic::ContentTransferEncoding(encoding));
  entity->body().assign(std::move(body));
  return entity;
}

// "=_" occurs in no encoded body; what is not encoded is looked through.
bool occurs_in(mimetic::MimeEntity& entity, const std::string& boundary) {
  mimetic::MimeEntityList& parts = entity.body().parts();
  return entity.body().find(boundary) != std::string::npos ||
         entity.header().contentType().param("boundary").find(boundary) != std::string::npos ||
         std::any_of(parts.begin(), parts.end(),
                     [&](mimetic::MimeEntity* part) { return occurs_in(*part, boundary); });
}

}  // namespace

void EntityDeleter::operator()(mimetic::MimeEntity* entity) const { delete entity; }

Entity text_part(std::string_view utf8, TextForm form) {
  const std::string text = with_crlf(repair_utf8(utf8));
  mimetic::ContentType type("text", "plain");
  type.param("charset", is_ascii(text) ? "us-ascii" : "utf-8");
  const bool keeps = form == TextForm::kUsual || (text.find(" \r\n") == std::string::npos &&
                                                  text.find("\t\r\n") == std::string::npos);
  if (is_plain(text) && keeps) return leaf(type, "7bit", text);
  const auto odd = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_8bit));
  // Where most of the text would become =XX, base64 is shorter by half.
  if (odd > text.size() / 4) return leaf(type, "base64", encode_base64_body(text));
  return leaf(type, "quoted-printable", encode_quoted_printable(text));
}

Entity identity_part(std::string_view type, std::string_view content) {
  return leaf(content_type(type), is_ascii(content) ? "7bit" : "8bit", std::string(content));
}

Entity quoted_part(std::string_view type, std::string_view content) {
  return leaf(content_type(type), "quoted-printable", encode_quoted_printable(content));
}

Entity file_part(std::string_view file_name, std::string_view type, std::string_view content) {
  std::string media(type.empty() ? media_type_of(file_name) : type);
  std::erase_if(media, [](char c) { return c < ' ' || c == 127; });
  mimetic::ContentType known = content_type(media);
  // RFC 2046 §5.2.1: a message is not encoded; what can't go as it is, is a file and no message.
  const bool fits = content.find('\0') == std::string_view::npos && !has_long_line(content, 998);
  if (is_message(known) && !fits) known.set("application", "octet-stream");
  Entity entity = is_message(known) ? identity_part("message/rfc822", with_crlf(content))
                                    : leaf(known, "base64", encode_base64_body(content));
  // A field of text: mimetic's ContentDisposition would put RFC 2231's values in quotes. Unfolded,
  // because mimetic folds it itself and would fold what is folded into an empty line.
  std::string disposition = "attachment";
  append_parameter_line(disposition, "filename", file_name);
  entity->header().push_back(mimetic::Field("Content-Disposition", unfold(disposition)));
  return entity;
}

// The boundary is not mimetic's: that one comes of a global counter without a lock, and nobody has
// looked whether a part has it.
Entity multipart(std::string_view type, std::vector<Entity> parts, std::string_view seed) {
  std::string boundary = fmt::format("=_{:016x}", std::hash<std::string_view>{}(seed));
  const auto occurs = [&](const Entity& part) { return occurs_in(*part, boundary); };
  while (std::any_of(parts.begin(), parts.end(), occurs)) boundary += '_';
  Entity entity(new mimetic::MimeEntity);
  mimetic::ContentType content = content_type(type);
  content.param("boundary", boundary);
  entity->header().contentType(content);
  for (Entity& part : parts) entity->body().parts().push_back(part.release());
  return entity;
}

std::string render(const Entity& entity) {
  std::ostringstream out;
  out << *entity;
  return std::move(out).str();
}

}  // namespace mail

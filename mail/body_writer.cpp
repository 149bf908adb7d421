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

mimetic::ContentType type_of_file(std::string_view file_name, std::string_view type) {
  std::string media(type.empty() ? media_type_of(file_name) : type);
  std::erase_if(media, [](char c) { return c < ' ' || c == 127; });
  return content_type(media);
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

bool is_message_file(std::string_view file_name, std::string_view type) {
  return is_message(type_of_file(file_name, type));
}

// RFC 2046 §5.2.1: a message is not encoded; what can't go as it is, is a file and no message.
Entity file_part(std::string_view file_name, std::string_view type, FileForm form) {
  mimetic::ContentType known = type_of_file(file_name, type);
  if (form != FileForm::kBase64) known = mimetic::ContentType("message", "rfc822");
  if (form == FileForm::kBase64 && is_message(known)) known.set("application", "octet-stream");
  constexpr const char* kEncodings[] = {"base64", "7bit", "8bit"};
  Entity entity = leaf(known, kEncodings[static_cast<int>(form)], "");
  // A field of text: mimetic's ContentDisposition would put RFC 2231's values in quotes. Unfolded,
  // because mimetic folds it itself and would fold what is folded into an empty line.
  std::string disposition = "attachment";
  append_parameter_line(disposition, "filename", file_name);
  entity->header().push_back(mimetic::Field("Content-Disposition", unfold(disposition)));
  return entity;
}

std::string boundary_of(std::string_view seed) {
  return fmt::format("=_{:016x}", std::hash<std::string_view>{}(seed));
}

// The boundary is not mimetic's: that one comes of a global counter without a lock, and nobody has
// looked whether a part has it.
Entity multipart(std::string_view type, std::vector<Entity> parts, std::string_view seed) {
  std::string boundary = boundary_of(seed);
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

// The first delimiter begins the first part, each of the others ends one.
std::vector<std::string> render_by_parts(const Entity& multipart) {
  const std::string text = render(multipart);
  const std::string delimiter = "\r\n--" + multipart->header().contentType().param("boundary");
  std::vector<std::string> pieces;
  std::size_t begin = 0, at = text.find(delimiter);
  for (std::size_t parts = multipart->body().parts().size(); parts > 0; --parts) {
    at = text.find(delimiter, at + delimiter.size());
    pieces.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

}  // namespace mail

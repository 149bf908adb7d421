#include "mua/crypt/seal_mail.hpp"

#include <fmt/format.h>

#include "mail/ascii.hpp"
#include "mail/compose.hpp"
#include "mail/header.hpp"

namespace mua::crypt {

namespace {

/// The message's own fields, and its body with the fields that say what that is.
struct Halves {
  std::string fields, entity;
};

Halves halves_of(std::string_view message) {
  Halves out;
  mail::HeaderReader reader(message);
  while (const auto field = reader.next()) {
    const bool of_body = mail::ascii_lower(field->name).starts_with("content-");
    (of_body ? out.entity : out.fields) += field->whole;
  }
  out.entity += "\r\n";
  out.entity += message.substr(mail::header_size(message));
  return out;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

/// A line that is in nothing else.
std::string boundary_for(std::string_view entity) {
  std::string boundary;
  do {
    const std::string id = mail::make_message_id("x");
    boundary = "=_" + id.substr(1, 32);
  } while (entity.find(boundary) != std::string_view::npos);
  return boundary;
}

mail::Result<std::string, Refused> signed_entity(const std::string& entity, const SealWish& wish) {
  const auto made = sign(entity, wish.key.empty() ? wish.sender : wish.key, wish.passphrase);
  if (!made) return tl::unexpected(made.error());
  const std::string boundary = boundary_for(entity);
  return fmt::format(
      "Content-Type: multipart/signed; micalg={1};\r\n protocol=\"application/pgp-signature\";\r\n "
      "boundary=\"{0}\"\r\n\r\n--{0}\r\n{2}\r\n--{0}\r\nContent-Type: application/pgp-signature; "
      "name=\"signature.asc\"\r\n\r\n{3}\r\n--{0}--\r\n",
      boundary, made->micalg, entity, with_crlf(made->signature));
}

mail::Result<std::string, Refused> encrypted_entity(const std::string& entity,
                                                    const SealWish& wish) {
  std::vector<std::string> readers = wish.recipients;
  readers.push_back(wish.sender);
  const auto cipher = encrypt(entity, readers);
  if (!cipher) return tl::unexpected(cipher.error());
  const std::string boundary = boundary_for(*cipher);
  return fmt::format(
      "Content-Type: multipart/encrypted;\r\n protocol=\"application/pgp-encrypted\";\r\n "
      "boundary=\"{0}\"\r\n\r\n--{0}\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: "
      "1\r\n\r\n--{0}\r\nContent-Type: application/octet-stream; "
      "name=\"encrypted.asc\"\r\n\r\n{1}\r\n--{0}--\r\n",
      boundary, with_crlf(*cipher));
}

}  // namespace

mail::Result<std::string, Refused> seal(std::string_view message, const SealWish& wish) {
  auto [fields, entity] = halves_of(message);
  if (wish.sign) {
    auto made = signed_entity(entity, wish);
    if (!made) return made;
    entity = std::move(*made);
  }
  if (wish.encrypt) {
    auto made = encrypted_entity(entity, wish);
    if (!made) return made;
    entity = std::move(*made);
  }
  return fields + entity;
}

}  // namespace mua::crypt

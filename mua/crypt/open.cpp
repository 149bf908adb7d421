#include "mua/crypt/open.hpp"

#include <algorithm>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mail/part_scanner.hpp"
#include "mua/crypt/gpg.hpp"

namespace mua::crypt {

namespace {

using mail::Part;

// Signed in encrypted in signed is three.
constexpr int kMostLayers = 6;
constexpr std::string_view kArmour = "-----BEGIN PGP ";

bool is_pkcs7(std::string_view type, std::string_view subtype) {
  return type == "application" && (subtype == "pkcs7-mime" || subtype == "x-pkcs7-mime");
}

/// "-----BEGIN PGP MESSAGE-----" at the beginning of a line.
bool has_armour(std::string_view text, std::string_view kind) {
  const std::size_t at = text.find(std::string(kArmour).append(kind));
  return at == 0 || (at != std::string_view::npos && text[at - 1] == '\n');
}

/// Opens one message. What replaces a part is put between what stood before and behind it.
class Opening {
 public:
  Opening(Opened& opened, const std::string& passphrase)
      : opened_(opened), passphrase_(passphrase) {}

  /// The entity with all that could be opened; nullopt when it stays as it is.
  std::optional<std::string> entity(std::string_view text) {
    if (++layers_ > kMostLayers) return std::nullopt;
    const Part root = mail::scan_parts(text);
    auto out = part(root, text, Share::kAll);
    --layers_;
    return out;
  }

 private:
  /// Whether a part is all that is read of the message.
  enum class Share { kAll, kSome };

  std::optional<std::string> part(const Part& p, std::string_view text, Share share) {
    if (p.type == "multipart" && p.subtype == "encrypted" && p.children.size() >= 2) {
      return without_wrapping(p, text, decrypted(Method::kOpenPgp, p.children[1], text), share);
    }
    if (p.type == "multipart" && p.subtype == "signed" && p.children.size() >= 2) {
      check(p, text, share);
      return children(p, text, share);
    }
    if (is_pkcs7(p.type, p.subtype)) return pkcs7(p, text, share);
    if (p.type == "multipart") {
      const Share inner =
          p.children.size() == 1 || p.subtype == "alternative" ? share : Share::kSome;
      return children(p, text, inner);
    }
    if (p.type == "text" && p.subtype == "plain") return inline_text(p, text, share);
    return std::nullopt;
  }

  /// The part with its children opened.
  std::optional<std::string> children(const Part& p, std::string_view text, Share share) {
    std::string out;
    std::size_t at = p.header.begin;
    bool changed = false;
    for (const Part& child : p.children) {
      const auto replaced = part(child, text, share);
      if (!replaced) continue;
      out += text.substr(at, child.header.begin - at);
      out += *replaced;
      at = child.body.end;
      changed = true;
    }
    if (!changed) return std::nullopt;
    return out + std::string(text.substr(at, p.body.end - at));
  }

  void note(std::vector<Signature> signatures, Share share) {
    for (Signature& one : signatures) {
      one.all = share == Share::kAll;
      opened_.signatures.push_back(std::move(one));
    }
  }

  void check(const Part& p, std::string_view text, Share share) {
    const Part &content = p.children[0], &signature = p.children[1];
    const Method method = signature.subtype == "pgp-signature" ? Method::kOpenPgp : Method::kSmime;
    const std::string_view octets =
        text.substr(content.header.begin, content.body.end - content.header.begin);
    note(verify(method, octets, mail::decode_body(signature, text)), share);
  }

  Inside decrypted(Method method, const Part& p, std::string_view text) {
    return decrypt(method, mail::decode_body(p, text), passphrase_);
  }

  /// smime-type says what is in it (RFC 8551 §3.2.2); older senders don't.
  std::optional<std::string> pkcs7(const Part& p, std::string_view text, Share share) {
    const std::string kind = mail::ascii_lower(mail::parameter(p.params, "smime-type"));
    if (kind == "certs-only" || kind == "compressed-data") return std::nullopt;
    const bool may_be_signed = kind != "enveloped-data" && kind != "authenveloped-data";
    if (may_be_signed) {
      Inside inside = unwrap(Method::kSmime, mail::decode_body(p, text));
      if (kind == "signed-data" || !inside.octets.empty()) {
        note(inside.signatures, share);
        inside.signatures.clear();
        return replaced(p, text, inside.octets);
      }
    }
    return without_wrapping(p, text, decrypted(Method::kSmime, p, text), share);
  }

  std::optional<std::string> without_wrapping(const Part& p, std::string_view text, Inside inside,
                                              Share share) {
    opened_.encryptions.push_back(inside.encryption);
    note(std::move(inside.signatures), share);
    if (inside.encryption.state != Encryption::State::kOpened) return std::nullopt;
    return replaced(p, text, inside.octets);
  }

  /// The entity that was inside, opened in turn. The message's own fields stay before it, but for
  /// those that it has a protected copy of (RFC 9788 §4.10).
  std::optional<std::string> replaced(const Part& p, std::string_view text,
                                      const std::string& inside) {
    if (inside.empty()) return std::nullopt;
    std::string content = entity(inside).value_or(inside);
    if (p.header.begin != 0 || p.body.end != text.size()) return content;
    const Part root = mail::scan_parts(content);
    const bool has_protected = !mail::parameter(root.params, "hp").empty() ||
                               !mail::parameter(root.params, "protected-headers").empty();
    const std::string_view header = root.header.in(content);
    std::string fields;
    mail::HeaderReader reader(p.header.in(text));
    while (const auto field = reader.next()) {
      const std::string name = mail::ascii_lower(field->name);
      const bool of_content = name.starts_with("content-");
      const bool copied = has_protected && mail::find_field(header, name).has_value();
      if (!name.empty() && !of_content && !copied) fields += field->whole;
    }
    return fields + content;
  }

  /// Lines "-----BEGIN PGP ..." to "-----END PGP ..." in a text.
  std::optional<std::string> inline_text(const Part& p, std::string_view text, Share share) {
    const std::string words = mail::decode_body(p, text);
    if (!is_sealed_text(words)) return std::nullopt;
    const std::size_t begin = words.find(kArmour);
    const bool is_signed = words.compare(begin, 34, "-----BEGIN PGP SIGNED MESSAGE-----") == 0;
    const std::string_view ending =
        is_signed ? "-----END PGP SIGNATURE-----" : "-----END PGP MESSAGE-----";
    const std::size_t end = words.find(ending, begin);
    if (end == std::string::npos) return std::nullopt;
    const std::string_view block =
        std::string_view(words).substr(begin, end + ending.size() - begin);
    const std::string before = words.substr(0, begin);
    const std::string after = words.substr(end + ending.size());
    const bool alone = mail::trim(before).empty() && mail::trim(after).empty();
    const Share covered = alone ? share : Share::kSome;
    Inside inside =
        is_signed ? unwrap(Method::kOpenPgp, block) : decrypt(Method::kOpenPgp, block, passphrase_);
    if (!is_signed) opened_.encryptions.push_back(inside.encryption);
    note(inside.signatures, covered);
    if (inside.octets.empty()) return std::nullopt;
    return text_entity(p, text, before + inside.octets + after);
  }

  /// The part with another text; its charset stays what it is.
  static std::string text_entity(const Part& p, std::string_view text, const std::string& words) {
    std::string out;
    mail::HeaderReader reader(p.header.in(text));
    while (const auto field = reader.next()) {
      if (!field->is("content-transfer-encoding")) out += field->whole;
    }
    return out + "Content-Transfer-Encoding: 8bit\r\n\r\n" + words;
  }

  Opened& opened_;
  const std::string& passphrase_;
  int layers_ = 0;
};

}  // namespace

bool is_sealed(const mail::imap::BodyPart& structure) {
  if (is_pkcs7(structure.type, structure.subtype)) return true;
  if (structure.type != "multipart") return false;
  return structure.subtype == "signed" || structure.subtype == "encrypted" ||
         std::any_of(structure.children.begin(), structure.children.end(), is_sealed);
}

bool is_wrapped(const mail::imap::BodyPart& structure) {
  if (is_pkcs7(structure.type, structure.subtype)) return true;
  if (structure.type != "multipart") return false;
  return structure.subtype == "encrypted" ||
         std::any_of(structure.children.begin(), structure.children.end(), is_wrapped);
}

bool is_wrapped_text(std::string_view text) { return has_armour(text, "MESSAGE-----"); }

bool is_sealed_text(std::string_view text) {
  return is_wrapped_text(text) || has_armour(text, "SIGNED MESSAGE-----");
}

Opened open_message(std::string octets, const std::string& passphrase) {
  Opened opened;
  opened.octets = Opening(opened, passphrase).entity(octets).value_or("");
  return opened;
}

}  // namespace mua::crypt

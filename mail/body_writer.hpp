// The body of a message being built, part by part (RFC 2045, RFC 2046): each with the plainest
// transfer encoding that carries it. The tree is mimetic's and mimetic writes it; the top of the
// message (From, Subject) is not in it, since mimetic would change the folding of those fields.
// Shared by compose and delivery reports.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mimetic {
class MimeEntity;
}

namespace mail {

struct EntityDeleter {
  void operator()(mimetic::MimeEntity* entity) const;
};
/// A part, or a tree of them. mimetic's header is needed only by who looks inside.
using Entity = std::unique_ptr<mimetic::MimeEntity, EntityDeleter>;

/// kExact: blanks at the ends of lines are encoded too.
enum class TextForm { kUsual, kExact };
Entity text_part(std::string_view utf8, TextForm form = TextForm::kUsual);
/// How the octets of a file are written behind its fields.
enum class FileForm { kBase64, k7Bit, k8Bit };
/// Whether it is a message, which goes as it is where it can (RFC 2046 §5.2.1); type "" is guessed.
bool is_message_file(std::string_view file_name, std::string_view type);
/// The fields of an attached file, its body still empty (attached_file.hpp). Only a message has
/// another form than kBase64; in that one it is a file like any other.
Entity file_part(std::string_view file_name, std::string_view type, FileForm form);
/// Octets of the given type as they are, 7bit or 8bit; lines must end in CRLF.
Entity identity_part(std::string_view type, std::string_view content);
/// Text of the given type that can't go as it is; lines must end in CRLF.
Entity quoted_part(std::string_view type, std::string_view content);
/// `type` is "multipart/mixed", parameters may follow; `seed` makes the boundary.
Entity multipart(std::string_view type, std::vector<Entity> parts, std::string_view seed);

/// The boundary that `multipart` makes of the seed where no part has it.
std::string boundary_of(std::string_view seed);

/// Its fields, an empty line, its body: to be put behind the other fields of a message.
std::string render(const Entity& entity);
/// The same of a multipart, cut where each of its parts ends: one piece more than it has parts.
std::vector<std::string> render_by_parts(const Entity& multipart);

}  // namespace mail

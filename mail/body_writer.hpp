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
/// An attached file; type "" is guessed.
Entity file_part(std::string_view file_name, std::string_view type, std::string_view content);
/// Octets of the given type as they are, 7bit or 8bit; lines must end in CRLF.
Entity identity_part(std::string_view type, std::string_view content);
/// Text of the given type that can't go as it is; lines must end in CRLF.
Entity quoted_part(std::string_view type, std::string_view content);
/// `type` is "multipart/mixed", parameters may follow; `seed` makes the boundary.
Entity multipart(std::string_view type, std::vector<Entity> parts, std::string_view seed);

/// Its fields, an empty line, its body: to be put behind the other fields of a message.
std::string render(const Entity& entity);

}  // namespace mail

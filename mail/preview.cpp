#include "mail/preview.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/markup_text.hpp"
#include "mail/part_scanner.hpp"

namespace mail {

namespace {

bool is_blank_text(std::string_view text) { return trim(text).empty(); }

/// The part that is shown first. Of alternatives that is the plain one, if there is anything in it.
const Part* first_text(const Part& part, std::string_view message) {
  if (part.disposition == "attachment" || part.type == "message") return nullptr;
  if (part.type == "text") {
    const bool shown = part.subtype == "plain" || part.subtype == "html";
    return shown && !is_blank_text(part.body.in(message)) ? &part : nullptr;
  }
  const Part* first = nullptr;
  for (const Part& child : part.children) {
    const Part* found = first_text(child, message);
    if (!found) continue;
    if (part.subtype != "alternative" || found->subtype == "plain") return found;
    if (!first) first = found;
  }
  return first;
}

/// What others wrote before is no news; when there is nothing else, it is.
std::string without_quotations(std::string_view text) {
  std::string rest;
  for (std::string_view left = text; !left.empty();) {
    const std::size_t end = std::min(left.find('\n'), left.size() - 1) + 1;
    if (!left.starts_with('>')) rest += left.substr(0, end);
    left.remove_prefix(end);
  }
  return is_blank_text(rest) ? std::string(text) : rest;
}

enum class Role { kShown, kSpace, kDropped };

constexpr utf8proc_int32_t kZeroWidthJoiner = 0x200d;     // holds emoji together
constexpr utf8proc_int32_t kZeroWidthNonJoiner = 0x200c;  // spells words of Persian
constexpr utf8proc_int32_t kGraphemeJoiner = 0x034f;  // newsletters fill their preheaders with it

/// Other format characters go: one that turns the direction of writing must not outlive the cut.
Role role_of(utf8proc_int32_t character) {
  if (character == kZeroWidthJoiner || character == kZeroWidthNonJoiner) return Role::kShown;
  if (character == kGraphemeJoiner) return Role::kDropped;
  switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC: return Role::kSpace;
    case UTF8PROC_CATEGORY_CF: return Role::kDropped;
    default: return Role::kShown;
  }
}

/// Words with one space between them, cut to length.
std::string shortened(std::string_view text) {
  std::string line;
  bool space = false;
  const auto* octets = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  for (unsigned length = 0; left > 0 && length < kPreviewLength;) {
    utf8proc_int32_t character = 0;
    const auto size = std::max<utf8proc_ssize_t>(1, utf8proc_iterate(octets, left, &character));
    const Role role = character < 0 ? Role::kDropped : role_of(character);
    if (role == Role::kSpace) space = true;
    if (role == Role::kShown) {
      // A space takes a place of its own, and none at the beginning or end.
      const bool parts = space && !line.empty();
      if (parts && ++length == kPreviewLength) break;
      if (parts) line += ' ';
      line.append(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
      ++length;
      space = false;
    }
    octets += size;
    left -= size;
  }
  return line;
}

}  // namespace

std::string preview(std::string_view message) {
  const Part root = scan_parts(message);
  const Part* part = first_text(root, message);
  if (!part) return {};
  const std::string text = decode_text(*part, message);
  if (part->subtype == "html") return shortened(markup_text(text));
  if (trim(text).starts_with("-----BEGIN PGP MESSAGE-----")) return {};
  return shortened(without_quotations(text));
}

}  // namespace mail

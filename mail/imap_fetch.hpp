// FETCH as plain data (RFC 9051 §6.4.5, RFC 3501 §6.4.5, RFC 3516, RFC 7162 §3.1.4): the items a
// client wants, macros resolved, each one alternative of a variant that has a render function in
// the server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mail/imap_lexer.hpp"
#include "mail/partial_range.hpp"

namespace mail {

/// Items that need no argument.
enum class FetchAttribute {
  kUid,
  kFlags,
  kInternalDate,
  kSize,
  kEnvelope,
  kBody,
  kBodyStructure,
  kModSeq,
  kEmailId,   ///< RFC 8474
  kThreadId,  ///< RFC 8474
  kSaveDate,  ///< RFC 8514
  kPreview,   ///< RFC 8970; LAZY makes no difference
};

/// Which octets of a message: "", "1.2", "HEADER", "1.HEADER.FIELDS (To)", "2.MIME", "TEXT".
struct Section {
  enum class Text { kAll, kHeader, kHeaderFields, kHeaderFieldsNot, kText, kMime };
  std::vector<unsigned> part;
  Text text = Text::kAll;
  std::vector<std::string> fields;  ///< as the client wrote them
};

/// "<offset.length>".
struct Partial {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// BODY[...] and, under their own names, the RFC822 items of RFC 3501.
struct FetchBody {
  enum class Name { kBody, kRfc822, kRfc822Header, kRfc822Text };
  Name name = Name::kBody;
  Section section;
  std::optional<Partial> partial;
  bool peek = false;  ///< doesn't set \Seen
};

/// BINARY[part]: the part without its transfer encoding.
struct FetchBinary {
  std::vector<unsigned> part;
  std::optional<Partial> partial;
  bool peek = false;
};

struct FetchBinarySize {
  std::vector<unsigned> part;
};

using FetchItem = std::variant<FetchAttribute, FetchBody, FetchBinary, FetchBinarySize>;

struct FetchArguments {
  MessageSet messages;
  std::vector<FetchItem> items;
  std::optional<std::uint64_t> changed_since;
  bool vanished = false;                ///< RFC 7162 §3.2.6
  std::optional<PartialRange> partial;  ///< of the messages named (RFC 9394 §3.3)
};
ImapResult<FetchArguments> parse_fetch(std::string_view arguments);
/// fetch-att *(SP fetch-att): what NOTIFY and a SEARCH context want of new messages (RFC 5465).
std::vector<FetchItem> parse_fetch_items(ImapLexer& lexer);

/// "1.2.HEADER.FIELDS (To Cc)", as it stands between the brackets of the answer.
std::string render_section(const Section& section);
/// The other way round.
std::optional<Section> parse_section_name(std::string_view name);
/// "1.2".
std::string render_part_number(const std::vector<unsigned>& part);

bool sets_seen(const FetchItem& item);
/// Whether `wanted` is among them.
bool asks_for(const std::vector<FetchItem>& items, FetchAttribute wanted);

}  // namespace mail

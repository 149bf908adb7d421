// One response of an IMAP server as a client reads it (RFC 9051 §7): a status with its code, data,
// or the wish for more of a command. Nothing is interpreted yet but the outer form;
// imap_fetched.hpp and imap_listing.hpp read the data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mail/imap_node.hpp"
#include "mail/result.hpp"

namespace mail::imap {

enum class Condition { kOk, kNo, kBad, kBye, kPreauth };

struct ResponseCode {
  std::string name;       ///< upper case, "" if there is none
  std::string arguments;  ///< what follows the name, as it came
};

/// `* OK [UIDVALIDITY 3] UIDs valid`, `A1 NO [TRYCREATE] no such mailbox`
struct Status {
  std::string tag;  ///< "" when untagged
  Condition condition = Condition::kOk;
  ResponseCode code;
  std::string text;

  bool ok() const { return condition == Condition::kOk || condition == Condition::kPreauth; }
};

/// "NO [TRYCREATE] no such mailbox": one line for people.
std::string to_line(const Status& status);

/// `* 12 FETCH (...)`, `* LIST (...) "/" INBOX`
struct Data {
  std::uint32_t number = 0;  ///< before the keyword, 0 if none
  std::string keyword;       ///< upper case
  std::vector<Node> values;
};

/// `+ go on`
struct Continuation {
  std::string text;
};

using Response = std::variant<Status, Data, Continuation>;

/// `text` is what ResponseReader gathered. The error says what is wrong; the connection is then out
/// of step.
Result<Response, std::string> parse_response(std::string_view text);

}  // namespace mail::imap

// The message ids of Message-ID, In-Reply-To and References (RFC 5322 §3.6.4), as threading
// compares them (RFC 5256 §3): without quoting, comments and blanks. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

/// `<"01KF8JCEOCBS0045PS"@xxx.test> <a@b>` → `01KF8JCEOCBS0045PS@xxx.test`, `a@b`. What is no id is
/// passed over. The first `most` of them.
std::vector<std::string> message_ids(std::string_view value, std::size_t most);

}  // namespace mail

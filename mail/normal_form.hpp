// Unicode's normal form C: one spelling for text that looks the same, for names that are compared
// and stored. Folding for searches is casefold's matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// Composed, otherwise as it was; nullopt when `utf8` is no UTF-8.
std::optional<std::string> nfc(std::string_view utf8);

}  // namespace mail

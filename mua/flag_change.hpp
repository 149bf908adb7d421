// "+seen -flagged +$work" as changes to flags.
#pragma once

#include <string>
#include <vector>

#include "mail/flags.hpp"
#include "mail/result.hpp"

namespace mua {

struct FlagChanges {
  mail::FlagSet add, remove;
};

/// System flags by their names in any case, with or without a backslash; every other word is a
/// keyword. The error says which word is wrong.
mail::Result<FlagChanges, std::string> parse_flag_changes(const std::vector<std::string>& words);

}  // namespace mua

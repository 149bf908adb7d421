// How well a name fits what somebody typed of it: its letters in order, better at the beginnings of
// words and together. "arc24" fits "Archive/2024". Pure.
#pragma once

#include <optional>
#include <string_view>

namespace mua::screen {

/// The higher the better; nullopt when it doesn't fit. Case and normal form make no difference;
/// several words may each fit anywhere.
std::optional<int> fuzzy_score(std::string_view typed, std::string_view name);

}  // namespace mua::screen

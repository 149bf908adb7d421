// Which known word a person meant: the suggestion in errors about misspelt keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conf {

/// The word with the smallest edit distance (insert, delete, replace, swap of neighbours); the
/// first of equals; "" when `known` is empty.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace conf

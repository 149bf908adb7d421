// What could be meant by what was typed of a command or a search: completion by Tab, and the line
// of hints above the prompt.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mua::screen {

class Client;

/// "fol" → the commands that begin so; "folder Ar" → the folders whose names begin so.
std::vector<std::string> candidates(const Client& client, const std::string& typed);
/// What all candidates have in common; nullopt when there are none.
std::optional<std::string> complete_line(const Client& client, const std::string& typed);
/// The candidates, or what the command does.
std::string line_hint(const Client& client, const std::string& typed);

/// The last word of a search: "from:ann is:un" → "from:ann is:unread".
std::optional<std::string> complete_pattern(const std::string& typed);
std::string pattern_hint(const std::string& typed);

}  // namespace mua::screen

#include "mua/flag_change.hpp"

#include <algorithm>

#include "mail/imap_lexer.hpp"

namespace mua {

mail::Result<FlagChanges, std::string> parse_flag_changes(const std::vector<std::string>& words) {
  FlagChanges changes;
  for (const std::string& word : words) {
    const bool adds = word.starts_with('+');
    std::string name = word.substr(std::min<std::size_t>(1, word.size()));
    const bool is_system = name.starts_with('\\');
    if (is_system) name.erase(0, 1);
    const auto system = mail::parse_system_flag("\\" + name);
    // The server alone sets \Recent and what else begins with a backslash.
    const bool is_word = !name.empty() && (system || !is_system) &&
                         std::all_of(name.begin(), name.end(), mail::is_atom_char);
    if (!is_word || (!adds && !word.starts_with('-'))) {
      return mail::unexpected("\"" + word + "\" is no change such as +seen, -flagged or +keyword");
    }
    mail::FlagSet& set = adds ? changes.add : changes.remove;
    if (system) {
      set.system = static_cast<std::uint8_t>(set.system | *system);
    } else {
      set.keywords.push_back(name);
    }
  }
  return changes;
}

}  // namespace mua

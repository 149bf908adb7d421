// Searches that stand among the folders: kept in the person's settings.
//
//   [[saved_search]]
//   name = "From Ann"
//   query = "from:ann is:unread"
//   folder = "INBOX"               # default: all folders
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace conf {
class TableReader;
}

namespace mua::screen {

struct SavedSearch {
  std::string name;
  std::string query;
  std::string folder;  ///< "" for all
  bool operator==(const SavedSearch&) const = default;
};

/// Every [[saved_search]] of the file; throws conf::SettingsError with the place for a query that
/// can't be understood, and for a name that is there twice.
std::vector<SavedSearch> read_saved_searches(conf::TableReader& file);

/// The text of a settings file with the search in place of the one of its name, or at its end. All
/// else stays as it was written, comments too.
std::string with_saved_search(std::string_view settings, const SavedSearch& search);
std::string without_saved_search(std::string_view settings, const std::string& name);

/// The file with the text as its new content, in one step; a file that isn't there is made.
void replace_settings(const std::filesystem::path& file, const std::string& text);
std::string settings_text(const std::filesystem::path& file);

}  // namespace mua::screen

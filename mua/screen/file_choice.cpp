#include "mua/screen/file_choice.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace mua::screen {

namespace {

namespace fs = std::filesystem;

std::string note_of(const fs::directory_entry& entry) {
  std::error_code error;
  if (entry.is_directory(error)) return "folder";
  const auto size = entry.file_size(error);
  return error ? "" : size_text(size);
}

/// Hidden files are not shown; folders come first.
std::vector<Choice> choices_in(const fs::path& folder) {
  std::vector<Choice> out;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.')) continue;
    out.push_back(
        {name + (entry.is_directory(error) ? "/" : ""), note_of(entry), entry.path().string()});
  }
  std::sort(out.begin(), out.end(), [](const Choice& a, const Choice& b) {
    return std::pair(a.note != "folder", a.text) < std::pair(b.note != "folder", b.text);
  });
  out.insert(out.begin(), {"../", "folder", folder.parent_path().string()});
  return out;
}

/// Else it is letters of what is shown.
bool is_path(const std::string& typed) { return typed.starts_with("~/") || typed.starts_with('/'); }

using Then = std::function<void(Client&, const std::string&)>;

void choose_in(Client& client, const std::string& title, const fs::path& folder,
               const std::string& typed, Then then);

/// Of a name that nothing has, those are shown that begin so.
void take_path(Client& client, const std::string& title, const fs::path& path, const Then& then) {
  std::error_code error;
  if (fs::is_directory(path, error)) return choose_in(client, title, path, "", then);
  if (fs::exists(path, error)) return then(client, path.string());
  if (fs::is_directory(path.parent_path(), error))
    choose_in(client, title, path.parent_path(), path.filename().string(), then);
  client.alert("there is no file " + path.string());
}

void choose_in(Client& client, const std::string& title, const fs::path& folder,
               const std::string& typed, Then then) {
  Picker picker(title + ": " + folder.string(), choices_in(folder));
  picker.paste(typed);
  client.choose(std::move(picker), [title, then = std::move(then)](Client& c, const Picker& p) {
    fs::path path;
    if (is_path(p.typed()))
      path = path_of(p.typed());
    else if (p.chosen())
      path = p.chosen()->value;
    if (!path.empty()) take_path(c, title, path, then);
  });
}

}  // namespace

fs::path path_of(const std::string& typed) {
  const char* home = std::getenv("HOME");
  if (typed.starts_with("~/") && home) return fs::path(home) / typed.substr(2);
  return fs::absolute(typed);
}

void take_file(Client& client, const std::string& title, const std::string& typed, Then then) {
  take_path(client, title, path_of(typed), then);
}

std::vector<std::string> paths_beginning(const std::string& begun) {
  const std::size_t end = begun.rfind('/') + 1;  // 0: in the folder mua was started in
  const std::string folder = begun.substr(0, end), name = begun.substr(end);
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_of(folder.empty() ? "." : folder), error)) {
    const std::string found = entry.path().filename().string();
    if (!found.starts_with(name) || (name.empty() && found.starts_with('.'))) continue;
    out.push_back(folder + found + (entry.is_directory(error) ? "/" : ""));
  }
  std::sort(out.begin(), out.end());
  return out;
}

void choose_file(Client& client, const std::string& title, const fs::path& folder, Then then) {
  choose_in(client, title, folder, "", std::move(then));
}

}  // namespace mua::screen

#include "mua/screen/saved_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "conf/table_reader.hpp"
#include "mua/exit_code.hpp"
#include "mua/query.hpp"

namespace mua::screen {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "[[saved_search]]";

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out + "\"";
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

/// name = "From Ann"
std::string name_in(const std::string& section) {
  for (std::string_view line : lines_of(section)) {
    if (!line.starts_with("name")) continue;
    const std::size_t begin = line.find_first_of("\"'");
    if (begin == std::string_view::npos) continue;
    std::string out;
    for (std::size_t i = begin + 1; i < line.size() && line[i] != line[begin]; ++i) {
      if (line[begin] == '"' && line[i] == '\\' && i + 1 < line.size()) ++i;
      out += line[i];
    }
    return out;
  }
  return "";
}

}  // namespace

std::vector<SavedSearch> read_saved_searches(conf::TableReader& file) {
  std::vector<SavedSearch> out;
  for (conf::TableReader& section : file.sections("saved_search")) {
    SavedSearch search;
    section.text("name", search.name);
    section.text("query", search.query);
    section.text("folder", search.folder);
    section.require("name");
    section.require("query");
    section.finish();
    if (const auto key = parse_query(search.query); !key) {
      section.fail("query", search.query, "a search: " + key.error());
    }
    if (std::any_of(out.begin(), out.end(), [&](const auto& s) { return s.name == search.name; })) {
      section.fail("name", search.name, "a name that no other search has");
    }
    out.push_back(std::move(search));
  }
  return out;
}

std::string without_saved_search(std::string_view settings, const std::string& name) {
  const std::vector<std::string_view> lines = lines_of(settings);
  std::string out;
  for (std::size_t i = 0; i < lines.size();) {
    if (!lines[i].starts_with(kHead)) {
      out += lines[i++];
      continue;
    }
    std::string section(lines[i++]);
    while (i < lines.size() && !lines[i].starts_with('[')) section += lines[i++];
    if (name_in(section) != name) out += section;
  }
  return out;
}

std::string with_saved_search(std::string_view settings, const SavedSearch& search) {
  std::string out = without_saved_search(settings, search.name);
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  if (!out.empty() && !out.ends_with("\n\n")) out += '\n';
  out += fmt::format("{}\nname = {}\nquery = {}\n", kHead, toml_text(search.name),
                     toml_text(search.query));
  if (!search.folder.empty()) out += fmt::format("folder = {}\n", toml_text(search.folder));
  return out;
}

std::string settings_text(const fs::path& file) {
  std::ostringstream text;
  std::ifstream in(file, std::ios::binary);
  if (in) text << in.rdbuf();
  return std::move(text).str();
}

void replace_settings(const fs::path& file, const std::string& text) {
  fs::path fresh = file;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw Failure(ExitCode::kFailed, "cannot write " + fresh.string());
  if (fs::exists(file)) fs::permissions(fresh, fs::status(file).permissions());
  fs::rename(fresh, file);
}

}  // namespace mua::screen

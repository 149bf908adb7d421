// docs/man/mua.1 against the program: its lists of commands and of the screen's commands and keys
// are made here from the tables the program itself uses, and what can't be made (settings, the
// environment, exit status) is looked for. `PABAL_WRITE_MANUAL=1 mua_test
// --gtest_filter='Manual.*'` writes the lists into the page.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "mua/command_words.hpp"
#include "mua/exit_code.hpp"
#include "mua/screen/commands.hpp"

namespace mua {
namespace {

namespace fs = std::filesystem;
using screen::Keymap;
using screen::Profile;

const fs::path kSource = PABAL_SOURCE_DIR;
const fs::path kPage = kSource / "docs/man/mua.1";

std::string read_file(const fs::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return std::move(out).str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
    at += by.size();
  }
  return text;
}

/// As lines of mdoc(7): at most 76 octets, nothing taken for a macro.
std::string mdoc_text(const std::string& text) {
  std::istringstream words(replaced(text, "\\", "\\e"));
  std::string out, line;
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + word.size() > 76) {
      out += line + "\n";
      line.clear();
    }
    if (line.empty() && (word.front() == '.' || word.front() == '\'')) word.insert(0, "\\&");
    line += (line.empty() ? "" : " ") + word;
  }
  return out + line + "\n";
}

/// As an argument of a macro.
std::string mdoc_word(const std::string& word) {
  return "\"" + replaced(replaced(word, "\\", "\\e"), "-", "\\-") + "\"";
}

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  if (!text.empty())
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

std::string option_entry(const OptionWords& option) {
  std::string out = ".It Fl " + mdoc_word(option.name.substr(1));
  if (!option.value.empty()) out += " Ar " + mdoc_word(option.value);
  out += "\n" + mdoc_text(sentence(option.help));
  std::string choices;
  for (const std::string& one : option.choices) choices += (choices.empty() ? "" : ", ") + one;
  if (!choices.empty()) out += mdoc_text("One of " + choices + ".");
  return out;
}

bool is_everywhere(const std::string& name) { return name == "--help" || name == "--version"; }

std::string options_of(const CommandWords& command) {
  std::string out;
  for (const OptionWords& option : command.options) {
    if (!option.positional && !is_everywhere(option.name)) out += option_entry(option);
  }
  return out;
}

/// ".It Ic ls Oo Ar MAILBOX Oc" and what follows.
std::string command_entry(const CommandWords& command) {
  std::string out = ".It Ic " + command.name;
  for (const OptionWords& option : command.options) {
    if (!option.positional) continue;
    const std::string word = "Ar " + mdoc_word(option.value) + (option.repeats ? " ..." : "");
    out += (option.required ? " " : " Op ") + word;
  }
  out += "\n" + mdoc_text(sentence(command.help));
  const std::string options = options_of(command);
  if (!options.empty()) out += ".Bl -tag -width Ds\n" + options + ".El\n";
  return out;
}

std::string commands_list() {
  const auto all = command_words();
  std::string out = ".Bl -tag -width Ds\n";
  for (auto command = all.begin() + 1; command != all.end(); ++command)
    out += command_entry(*command);
  return out + ".El\n";
}

std::string screen_list() {
  std::string out = ".Bl -tag -width Ds\n";
  for (const screen::Command& command : screen::commands()) {
    out += ".It Ic " + std::string(command.name);
    if (!command.argument.empty()) out += " Op Ar " + mdoc_word(std::string(command.argument));
    out += "\n" + mdoc_text(sentence(std::string(command.help)));
    const auto keys = [&](Profile profile) {
      return keys_of(Keymap(profile), command.places, command.name);
    };
    const std::string usual = keys(Profile::kMutt);
    std::string line = usual.empty() ? "" : "Keys: " + usual + ".";
    for (const auto& [name, profile] :
         {std::pair{"aerc", Profile::kAerc}, std::pair{"alpine", Profile::kAlpine}}) {
      if (keys(profile) != usual)
        line += std::string(line.empty() ? "" : "\n") + "With " + name +
                "'s: " + (keys(profile).empty() ? "none" : keys(profile)) + ".";
    }
    std::istringstream lines(line);
    for (std::string one; std::getline(lines, one);) out += mdoc_text(one);
  }
  return out + ".El\n";
}

/// What stands between `.\" BEGIN name` and `.\" END name`.
struct Part {
  std::size_t begin = 0, end = 0;
};
Part part_of(const std::string& page, const std::string& name) {
  const std::string first = ".\\\" BEGIN " + name + "\n", last = ".\\\" END " + name + "\n";
  const Part part{page.find(first), page.find(last)};
  if (part.begin == std::string::npos || part.end == std::string::npos) return {};
  return {part.begin + first.size(), part.end};
}

void expect_part(const std::string& name, const std::string& wanted) {
  std::string page = read_file(kPage);
  const Part part = part_of(page, name);
  ASSERT_GT(part.begin, 0u) << "the page has no " << name;
  if (std::getenv("PABAL_WRITE_MANUAL")) {
    page.replace(part.begin, part.end - part.begin, wanted);
    std::ofstream(kPage, std::ios::binary) << page;
  }
  EXPECT_EQ(page.substr(part.begin, part_of(page, name).end - part.begin), wanted)
      << "PABAL_WRITE_MANUAL=1 mua_test --gtest_filter='Manual.*' writes it anew";
}

TEST(Manual, HasEveryCommandAndOption) {
  expect_part("options", ".Bl -tag -width Ds\n" + options_of(command_words().front()) + ".El\n");
  expect_part("commands", commands_list());
}

TEST(Manual, HasEveryCommandOfTheScreenWithItsKeys) { expect_part("screen", screen_list()); }

/// The first group of each match in mua's sources.
std::set<std::string> in_sources(const std::regex& pattern) {
  std::set<std::string> out;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kSource / "mua")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = read_file(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end;
         ++match) {
      out.insert((*match)[1]);
    }
  }
  return out;
}

TEST(Manual, HasEverySetting) {
  const std::string page = read_file(kPage);
  const std::regex read(
      R"re((?:section|reader|top|file)\.(?:text|texts|choice|path|truth|duration|number|size|section|sections|named_sections)\("([a-z_]+)")re");
  for (const std::string& key : in_sources(read)) {
    EXPECT_NE(page.find(".It Va " + key + "\n"), std::string::npos) << key;
  }
}

TEST(Manual, HasTheEnvironment) {
  const std::string page = read_file(kPage);
  for (const std::string& name : in_sources(std::regex(R"re(getenv\("([A-Z_]+)"\))re"))) {
    EXPECT_NE(page.find(".It Ev " + name + "\n"), std::string::npos) << name;
  }
}

TEST(Manual, HasEveryExitStatus) {
  const std::string page = read_file(kPage);
  std::istringstream lines(kExitCodes);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  ") || !std::isdigit(static_cast<unsigned char>(line[2]))) continue;
    EXPECT_NE(page.find(".It " + line.substr(2, 1) + "\n"), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace mua

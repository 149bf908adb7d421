#include "mua/body.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "mua/exit_code.hpp"

namespace mua {

namespace {

std::string read_all(std::istream& in) {
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

/// Closed, or of a kind that can't be read, it is no empty text.
std::string read_stdin() {
  std::string text = read_all(std::cin);
  if (std::ferror(stdin) == 0) return text;
  throw Failure(ExitCode::kFailed,
                std::string("cannot read standard input: ") + std::strerror(errno),
                "Give the text with --body FILE.");
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) {
    throw Failure(ExitCode::kFailed,
                  "cannot read " + path + ": " + std::strerror(errno == 0 ? EISDIR : errno));
  }
  return read_all(in);
}

/// A file of a name nobody else has, removed in the end.
class TemporaryFile {
 public:
  TemporaryFile() {
    const int file = mkstemp(path_.data());
    if (file < 0) throw Failure(ExitCode::kFailed, "cannot write in the temporary folder");
    close(file);
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / "mua-XXXXXX").string();
};

std::string edit(const std::string& begun) {
  const TemporaryFile file;
  std::ofstream(file.path()) << begun;
  // $EDITOR may be a command with options: the shell splits it, the path goes as its argument.
  setenv("MUA_DRAFT", file.path().c_str(), 1);
  if (std::system("${VISUAL:-${EDITOR:-vi}} \"$MUA_DRAFT\"") != 0) {
    throw Failure(ExitCode::kFailed, "the editor failed; nothing was sent",
                  "Set EDITOR, or give the text with --body FILE.");
  }
  std::string text = read_file(file.path());
  if (text.find_first_not_of(" \t\r\n") == std::string::npos || text == begun) {
    throw Failure(ExitCode::kFailed, "nothing was written; nothing was sent");
  }
  return text;
}

}  // namespace

std::string read_body(const std::string& option, const std::string& quoted) {
  const std::string below = quoted.empty() ? "" : "\n" + quoted;
  if (is_typed(option)) return edit(below);
  if (option.empty() || option == "-") return read_stdin() + below;
  return read_file(option) + below;
}

bool is_typed(const std::string& option) { return option.empty() && isatty(STDIN_FILENO) == 1; }

}  // namespace mua

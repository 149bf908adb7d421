#include "mua/files/maildir.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "mail/ascii.hpp"
#include "mail/mailbox_name.hpp"
#include "mua/exit_code.hpp"

namespace mua::files {

namespace fs = std::filesystem;

namespace {

constexpr const char* kKeywordsFile = "dovecot-keywords";
constexpr std::string_view kForwarded = "$Forwarded";

struct Letter {
  char letter;
  mail::SystemFlag flag;
};

constexpr std::array<Letter, 5> kLetters{{{'D', mail::kDraft},
                                          {'F', mail::kFlagged},
                                          {'R', mail::kAnswered},
                                          {'S', mail::kSeen},
                                          {'T', mail::kDeleted}}};

Failure cannot(const char* what, const fs::path& path) {
  return Failure(ExitCode::kFailed,
                 fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

/// What stands before ":2,": names are compared by it, whatever the flags.
std::string base_of(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.substr(0, name.find(':'));
}

constexpr std::string_view kDot = "&AC4-";  // "." as modified UTF-7, which has no need of it

std::string decoded(std::string name) {
  for (std::size_t at = name.find(kDot); at != std::string::npos; at = name.find(kDot, at)) {
    name.replace(at, kDot.size(), ".");
  }
  return mail::decode_mailbox_name(name, mail::NameForm::kModifiedUtf7).value_or(name);
}

/// ".Archive.2026" → "Archive/2026"; folders of other trees have their own name.
std::string level_of(const fs::path& folder) {
  std::string name = folder.filename().string();
  if (!name.starts_with('.')) return decoded(name);
  name.erase(0, 1);
  std::string out;
  std::istringstream levels(name);
  for (std::string level; std::getline(levels, level, '.');) {
    out += (out.empty() ? "" : "/") + decoded(level);
  }
  return out;
}

void walk(const fs::path& folder, const std::string& mailbox, std::vector<MaildirFolder>& out) {
  if (is_maildir(folder)) out.push_back({folder, mailbox});
  std::vector<fs::path> below;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_part = name == "cur" || name == "new" || name == "tmp";
    if (entry.is_directory() && !is_part) below.push_back(entry.path());
  }
  std::sort(below.begin(), below.end());
  for (const fs::path& path : below) {
    walk(path, mailbox.empty() ? level_of(path) : mailbox + "/" + level_of(path), out);
  }
}

void sync_folder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  fsync(file);
  close(file);
}

/// A new file of these octets, on disk, with that time.
void write_file(const fs::path& path, std::string_view octets, std::optional<mail::DateTime> time) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) throw cannot("write", path);
  bool good = true;
  while (good && !octets.empty()) {
    const ssize_t written = write(file, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    good = written > 0;
    if (good) octets.remove_prefix(static_cast<std::size_t>(written));
  }
  const timespec then{static_cast<std::time_t>(time.value_or(mail::DateTime{}).seconds), 0};
  const timespec times[2] = {then, then};
  good = good && (!time || futimens(file, times) == 0) && fsync(file) == 0;
  good = close(file) == 0 && good;
  if (!good) throw cannot("write", path);
}

}  // namespace

// --- The tree ---

bool is_maildir(const fs::path& folder) {
  return fs::is_directory(folder / "cur") && fs::is_directory(folder / "new");
}

std::vector<MaildirFolder> maildir_tree(const fs::path& top) {
  std::vector<MaildirFolder> out;
  walk(top, "", out);
  return out;
}

std::string maildir_name(std::string_view mailbox) {
  std::string out;
  while (!mailbox.empty()) {
    const std::size_t end = std::min(mailbox.find('/'), mailbox.size());
    std::string level =
        mail::encode_mailbox_name(mailbox.substr(0, end), mail::NameForm::kModifiedUtf7);
    for (std::size_t dot = level.find('.'); dot != std::string::npos; dot = level.find('.', dot)) {
      level.replace(dot, 1, kDot);
    }
    out += "." + level;
    mailbox.remove_prefix(std::min(end + 1, mailbox.size()));
  }
  return out;
}

std::vector<fs::path> maildir_files(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const char* part : {"cur", "new"}) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / part)) {
      const bool hidden = entry.path().filename().string().starts_with('.');
      if (!hidden && entry.is_regular_file()) out.push_back(entry.path());
    }
  }
  // Names begin with the second in which they were made.
  std::sort(out.begin(), out.end(), [](const fs::path& a, const fs::path& b) {
    return std::pair(std::atoll(a.filename().c_str()), a.filename().string()) <
           std::pair(std::atoll(b.filename().c_str()), b.filename().string());
  });
  return out;
}

// --- Keywords ---

// 0 $Forwarded
MaildirKeywords::MaildirKeywords(fs::path folder) : file_(std::move(folder) / kKeywordsFile) {
  std::ifstream in(file_);
  if (!in && fs::exists(file_)) throw cannot("read", file_);
  int number = 0;
  for (std::string name; in >> number >> name;) {
    if (number >= 0 && number < 26) names_[static_cast<char>('a' + number)] = name;
  }
}

const std::string* MaildirKeywords::find(char letter) const {
  const auto found = names_.find(letter);
  return found == names_.end() ? nullptr : &found->second;
}

std::optional<char> MaildirKeywords::letter_of(const std::string& keyword) {
  for (const auto& [letter, name] : names_) {
    if (mail::same_ignoring_case(name, keyword)) return letter;
  }
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    if (names_.contains(letter)) continue;
    names_[letter] = keyword;
    changed_ = true;
    return letter;
  }
  return std::nullopt;
}

void MaildirKeywords::save() {
  if (!changed_) return;
  std::string text;
  for (const auto& [letter, name] : names_) text += fmt::format("{} {}\n", letter - 'a', name);
  fs::path fresh = file_;
  fresh += ".new";
  write_file(fresh, text, std::nullopt);
  fs::rename(fresh, file_);
  changed_ = false;
}

mail::FlagSet read_maildir_flags(std::string_view name, const MaildirKeywords& keywords) {
  mail::FlagSet flags;
  const std::size_t at = name.rfind(":2,");
  if (at == std::string_view::npos) return flags;
  for (const char c : name.substr(at + 3)) {
    for (const auto& [letter, flag] : kLetters) {
      if (c == letter) flags.system = static_cast<std::uint8_t>(flags.system | flag);
    }
    if (c == 'P') flags.keywords.emplace_back(kForwarded);
    if (const std::string* keyword = keywords.find(c)) flags.keywords.push_back(*keyword);
  }
  return flags;
}

std::string render_maildir_flags(const mail::FlagSet& flags, MaildirKeywords& keywords,
                                 std::vector<std::string>& lost) {
  std::string out;
  for (const auto& [letter, flag] : kLetters) {
    if (flags.system & flag) out += letter;
  }
  for (const std::string& keyword : flags.keywords) {
    if (mail::same_ignoring_case(keyword, kForwarded)) {
      out += 'P';
    } else if (const auto letter = keywords.letter_of(keyword)) {
      out += *letter;
    } else if (std::find(lost.begin(), lost.end(), keyword) == lost.end()) {
      lost.push_back(keyword);
    }
  }
  std::sort(out.begin(), out.end());  // as the ASCII order that Maildir asks for
  return out;
}

// --- Messages ---

StoredMessage read_maildir_file(const fs::path& file, const MaildirKeywords& keywords) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in && fs::file_size(file) > 0) text << in.rdbuf();
  struct stat status {};
  if (!in || !text || stat(file.c_str(), &status) != 0) throw cannot("read", file);
  StoredMessage message;
  message.octets = with_crlf(text.str());
  message.flags = read_maildir_flags(file.filename().string(), keywords);
  message.received = mail::DateTime{status.st_mtime, 0};
  message.place = file.string();
  return message;
}

MaildirWriter::MaildirWriter(const fs::path& folder)
    : folder_((fs::create_directories(folder), folder)), keywords_(folder) {
  for (const char* part : {"cur", "new", "tmp"}) {
    fs::create_directories(folder / part);
    fs::permissions(folder / part, fs::perms::owner_all);
  }
  // Maildir++ marks what is below the top.
  if (folder.filename().string().starts_with('.')) std::ofstream(folder / "maildirfolder").flush();
  for (const fs::path& file : maildir_files(folder)) {
    const std::string base = base_of(file);
    names_[base.substr(0, base.find(",S="))] = true;
  }
}

void MaildirWriter::write(const StoredMessage& message, const std::string& name) {
  const std::string text = with_lf(message.octets);
  const std::string flags = render_maildir_flags(message.flags, keywords_, lost_);
  const std::string base = fmt::format("{},S={},W={}", name, text.size(), message.octets.size());
  write_file(folder_ / "tmp" / base, text, message.received);
  keywords_.save();
  fs::rename(folder_ / "tmp" / base, folder_ / "cur" / (base + ":2," + flags));
  names_[name] = true;
}

std::vector<std::string> MaildirWriter::finish() {
  keywords_.save();
  sync_folder(folder_ / "cur");
  return lost_;
}

}  // namespace mua::files

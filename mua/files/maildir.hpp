// Maildir: a message a file, its flags in the file's name, the moment it came in the file's time;
// folders below the first as ".Name.Below" (Maildir++) or as folders of their own. Keywords are the
// letters a to z, named by the file dovecot-keywords of each folder.
//
//   Maildir/new/1763712345.M1P2.host
//   Maildir/cur/1763712345.M1P2.host,S=1234:2,FSa
//   Maildir/.Archive.2026/cur/...
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mua/files/stored_message.hpp"

namespace mua::files {

/// Whether it has cur and new.
bool is_maildir(const std::filesystem::path& folder);

/// A folder of the tree and the mailbox it is: levels separated by "/", "" for the top.
struct MaildirFolder {
  std::filesystem::path path;
  std::string mailbox;
};
/// The top first, then the others by name. Names are read as modified UTF-7.
std::vector<MaildirFolder> maildir_tree(const std::filesystem::path& top);
/// "Archive/2026" → ".Archive.2026"; "" → "". What is "." in a name is written as modified UTF-7.
std::string maildir_name(std::string_view mailbox);

/// The files of a folder, oldest first, new ones as well as those of cur.
std::vector<std::filesystem::path> maildir_files(const std::filesystem::path& folder);

/// Letters and keywords of a folder, kept in dovecot-keywords.
class MaildirKeywords {
 public:
  /// Throws Failure when the file is there and can't be read.
  explicit MaildirKeywords(std::filesystem::path folder);
  /// The keyword of 'a', nullptr if none.
  const std::string* find(char letter) const;
  /// The letter of a keyword, a new one if need be; nullopt when all 26 are taken.
  std::optional<char> letter_of(const std::string& keyword);
  /// Writes what is new.
  void save();

 private:
  std::filesystem::path file_;
  std::map<char, std::string> names_;
  bool changed_ = false;
};

/// ":2,FSa" at the end of a name as flags; R answered, T deleted, P the keyword $Forwarded.
mail::FlagSet read_maildir_flags(std::string_view name, const MaildirKeywords& keywords);
/// "FS"; what no letter is left for is appended to `lost`.
std::string render_maildir_flags(const mail::FlagSet& flags, MaildirKeywords& keywords,
                                 std::vector<std::string>& lost);

/// Throws Failure when it can't be read.
StoredMessage read_maildir_file(const std::filesystem::path& file, const MaildirKeywords& keywords);

/// Writes to tmp and moves to cur, the file's time the moment it came; on disk when it returns.
/// `name` is what stands before ",S=". Throws Failure.
class MaildirWriter {
 public:
  explicit MaildirWriter(const std::filesystem::path& folder);
  bool has(const std::string& name) const { return names_.contains(name); }
  void write(const StoredMessage& message, const std::string& name);
  /// Keywords to disk; those that had no letter left, each once.
  std::vector<std::string> finish();

 private:
  std::filesystem::path folder_;
  MaildirKeywords keywords_;
  std::map<std::string, bool> names_;
  std::vector<std::string> lost_;
};

}  // namespace mua::files

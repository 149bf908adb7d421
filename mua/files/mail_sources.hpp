// What there is to import at a path: an mbox, a Maildir with the folders below it, or a tree of
// mbox files, such as other programs keep their mail in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mua::files {

struct MailSource {
  enum class Kind { kMbox, kMaildir };
  Kind kind = Kind::kMbox;
  std::filesystem::path path;
  std::string mailbox;  ///< levels separated by "/", "" for the top
};

struct MailSources {
  std::vector<MailSource> found;
  std::vector<std::filesystem::path> strange;  ///< files of a tree that are no mbox
};

/// "Archive.sbd/2025" and "Archive/2025.mbox" both are Archive/2025. Throws Failure when there is
/// nothing at `path`.
MailSources find_mail(const std::filesystem::path& path);

}  // namespace mua::files

// The folders of an account as they were last seen, and how far each is synchronised.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap_listing.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// Where the next look at a folder begins. The headers from UID `lowest` up are here (`lowest` 0:
/// none yet, 1: all), as they were at `modseq`.
struct SyncPoint {
  std::uint32_t uid_validity = 0;
  std::uint32_t uid_next = 0;
  std::uint64_t modseq = 0;  ///< HIGHESTMODSEQ (RFC 7162), 0: the server has none
  std::uint32_t lowest = 0;
  bool operator==(const SyncPoint&) const = default;
};

/// What STATUS says of a folder.
struct FolderCounts {
  std::uint32_t total = 0, unread = 0;
  bool operator==(const FolderCounts&) const = default;
};

class Folders {
 public:
  explicit Folders(LocalStore& store) : database_(store.database()) {}

  /// INBOX first, then those with a special use, then the others by name.
  std::vector<Folder> all();
  std::optional<Folder> find(FolderId id);
  std::optional<Folder> find(std::string_view name);
  std::optional<Folder> find(SpecialUse use);

  // --- For the engine ---

  /// Takes over what LIST said: new ones are made, missing ones go with their messages. True when
  /// something changed.
  bool replace(const std::vector<mail::imap::Mailbox>& listed);
  /// The folder of that name, made when it isn't there.
  FolderId require(std::string_view name);
  SyncPoint sync_point(FolderId folder);
  void set_sync_point(FolderId folder, const SyncPoint& point);
  /// False: they were so already.
  bool set_counts(FolderId folder, const FolderCounts& counts);
  void set_synced(FolderId folder, std::int64_t now);

 private:
  mailstore::Database& database_;
};

/// By attribute, else by the last part of the name.
SpecialUse special_use_of(const mail::imap::Mailbox& mailbox);

}  // namespace mua::sync

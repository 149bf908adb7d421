// The local half of an account: one SQLite file with its folders, headers, the bodies that were
// read, an index for searching, drafts, and the journal of what is to be done (docs/mua.md has the
// tables). Readable by its owner alone. The screen's thread and the engine's thread open the file
// each for itself: a LocalStore is one connection and belongs to one thread. What one of them
// commits the other sees with its next statement; nothing ever waits for the network.
//
//   LocalStore store(store_file(settings_file, "ann@example.test"));
//   Folders folders(store);
//   MessageList list(store);
//   const auto inbox = folders.find(SpecialUse::kInbox);
//   std::vector<Row> rows = list.window(inbox->id, 0, 40);
#pragma once

#include <filesystem>
#include <string>

#include "mailstore/schema.hpp"
#include "mailstore/sqlite.hpp"

namespace mua::sync {

/// $XDG_DATA_HOME/pabal/ADDRESS.db (~/.local/share/pabal/ADDRESS.db) of a person's own settings;
/// mua-store/ADDRESS.db beside any others (--settings, an installation's), so that a trial leaves
/// nothing in her home. The folders are made, mode 0700.
std::filesystem::path store_file(const std::filesystem::path& settings_file,
                                 const std::string& address);

const mailstore::Schema& local_schema();

/// The store that a FolderId, MessageId, EntryId or DraftId is of.
inline constexpr int kStoreShift = 40;
constexpr std::int64_t store_number(std::int64_t id) { return id >> kStoreShift; }
/// What is left of it within the store: short enough to be typed, and for JSON.
constexpr std::int64_t number_within(std::int64_t id) {
  return id & ((std::int64_t{1} << kStoreShift) - 1);
}

class LocalStore {
 public:
  /// Who moves what was written from the log into the file. The screen leaves it to the engine.
  enum class Checkpoints { kElsewhere, kHere };
  /// Makes the file, or brings it up to date. Throws mailstore::StoreError.
  explicit LocalStore(const std::filesystem::path& file,
                      Checkpoints checkpoints = Checkpoints::kElsewhere);

  mailstore::Database& database() { return database_; }
  const std::filesystem::path& file() const { return database_.file(); }
  /// As `store_number` has it.
  std::int64_t number() const { return number_; }
  /// The opposite of `number_within`; a whole id stays.
  std::int64_t id_of(std::int64_t within) const {
    return store_number(within) == 0 ? number_ << kStoreShift | within : within;
  }

 private:
  mailstore::Database database_;
  std::int64_t number_ = 0;
};

}  // namespace mua::sync

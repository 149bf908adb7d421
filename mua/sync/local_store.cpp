#include "mua/sync/local_store.hpp"

#include <cstdlib>

#include "mailstore/files.hpp"

namespace mua::sync {

namespace fs = std::filesystem;

namespace {

// A screenful, its index pages, and what a slice of a folder changes.
constexpr int kCacheKib = 2048;

/// $XDG_CONFIG_HOME or ~/.config and the like; "" without a home.
fs::path xdg_folder(const char* variable, const char* below_home) {
  if (const char* named = std::getenv(variable); named && *named) return named;
  const char* home = std::getenv("HOME");
  return home && *home ? fs::path(home) / below_home : fs::path();
}

/// An address has no slash but in odd quoted local parts.
std::string file_name(std::string address) {
  for (char& c : address) {
    if (c == '/' || static_cast<unsigned char>(c) < 0x20) c = '_';
  }
  if (address.starts_with('.')) address.front() = '_';
  return address + ".db";
}

}  // namespace

fs::path store_file(const fs::path& settings_file, const std::string& address) {
  const fs::path own = xdg_folder("XDG_CONFIG_HOME", ".config") / "pabal";
  const bool is_own = settings_file.parent_path().lexically_normal() == own.lexically_normal();
  const fs::path folder = is_own ? xdg_folder("XDG_DATA_HOME", ".local/share") / "pabal"
                                 : fs::absolute(settings_file).parent_path() / "mua-store";
  mailstore::make_folder(folder);
  return folder / file_name(address);
}

LocalStore::LocalStore(const fs::path& file, Checkpoints checkpoints)
    : database_(file, mailstore::Database::Mode::kCreate, kCacheKib) {
  mailstore::migrate(database_, local_schema());
  number_ = store_number(database_.integer("SELECT min(id) FROM folder").value_or(0));
  // A checkpoint syncs twice: it is the engine's to wait for.
  if (checkpoints == Checkpoints::kElsewhere) database_.script("PRAGMA wal_autocheckpoint = 0");
}

}  // namespace mua::sync

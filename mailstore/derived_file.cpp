#include "mailstore/derived_file.hpp"

#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

bool is_usable(const std::filesystem::path& file, const Schema& schema) try {
  Database database(file);
  const auto version = database.integer("PRAGMA user_version").value_or(0);
  if (version != 0 && version != static_cast<std::int64_t>(schema.version())) return false;
  migrate(database, schema);
  return true;
} catch (const StoreError& error) {
  if (error.out_of_space) throw;
  return false;
}

}  // namespace

std::filesystem::path made_usable(const std::filesystem::path& file, const Schema& schema) {
  if (is_usable(file, schema)) return file;
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
  Database database(file);
  migrate(database, schema);
  return file;
}

std::set<MailboxId> deleted_mailboxes(Database& derived, Account& account) {
  std::set<MailboxId> gone;
  for (Statement row = derived.query("SELECT DISTINCT mailbox FROM chunk"); row.step();)
    gone.insert(row.integer(0));
  for (Statement row = account.database().query("SELECT id FROM mailbox"); row.step();)
    gone.erase(row.integer(0));
  return gone;
}

}  // namespace mailstore

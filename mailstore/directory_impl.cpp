#include "mailstore/directory_impl.hpp"

#include <ctime>

#include "mailstore/schema.hpp"

namespace mailstore {

namespace {

std::optional<std::uint64_t> read_limit(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<std::uint64_t>(row.integer(column));
}

}  // namespace

AccountInfo read_account(const Statement& row) {
  return {.id = row.integer(0),
          .address = row.string(1),
          .created_at = row.integer(2),
          .limits = {.storage = read_limit(row, 3),
                     .messages = read_limit(row, 4),
                     .mailboxes = read_limit(row, 5)}};
}

Directory::Impl::Impl(const std::filesystem::path& file) : database(file), memory(file) {
  migrate(database, directory_schema());
}

std::optional<AccountInfo> Directory::Impl::account(const AddressKey& key) {
  Statement row = database.query(std::string(kAccountColumns) + "WHERE domain = ? AND local = ?",
                                 key.domain, key.local);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

std::optional<Directory::Impl::Login> Directory::Impl::login(std::string_view address) {
  const auto key = parse_key(address);
  if (!key) return std::nullopt;
  std::lock_guard lock(mutex);
  Statement row = database.query(
      "SELECT id, address, created_at, storage_limit, message_limit, mailbox_limit, password, "
      "version FROM account WHERE domain = ? AND local = ?",
      key->domain, key->local);
  if (!row.step()) return std::nullopt;
  return Login{read_account(row), row.string(6), row.integer(7)};
}

void Directory::Impl::insert_account(const AddressKey& key, std::string_view address,
                                     const Credentials& secret) {
  database.run(
      "INSERT INTO account (domain, local, address, created_at, password, salt, iterations, "
      "stored_key, server_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      key.domain, key.local, address, std::time(nullptr), secret.argon2id, Blob{secret.scram.salt},
      secret.scram.iterations, Blob{secret.scram.stored_key}, Blob{secret.scram.server_key});
}

}  // namespace mailstore

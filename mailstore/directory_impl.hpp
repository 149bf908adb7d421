// What a Directory holds, for the files that implement it. Private to the room. Whoever uses
// `database` or `memory` holds `mutex`.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "mailstore/address_lookup.hpp"
#include "mailstore/directory.hpp"
#include "mailstore/directory_memory.hpp"
#include "mailstore/password.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

inline constexpr std::string_view kAccountColumns =
    "SELECT id, address, created_at, storage_limit, message_limit, mailbox_limit FROM account ";
AccountInfo read_account(const Statement& row);

struct Directory::Impl {
  explicit Impl(const std::filesystem::path& file);

  std::mutex mutex;
  Database database;
  DirectoryMemory memory;
  LoginMemory logins;

  std::optional<AccountInfo> account(const AddressKey& key);
  void insert_account(const AddressKey& key, std::string_view address, const Credentials& secret);

  /// What a login is checked against; the check itself is slow.
  struct Login {
    AccountInfo account;
    std::string argon2id;
    std::int64_t version;
  };
  /// Takes the lock itself.
  std::optional<Login> login(std::string_view address);
};

}  // namespace mailstore

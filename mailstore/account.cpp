#include "mailstore/account.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <utility>

#include "mailstore/boot.hpp"
#include "mailstore/content_files.hpp"
#include "mailstore/files.hpp"
#include "mailstore/mailbox_row.hpp"
#include "mailstore/schema.hpp"
#include "mailstore/sqlite.hpp"
#include "mailstore/view_cache.hpp"

namespace mailstore {

namespace {

constexpr std::string_view kDatabaseName = "mail.db";
constexpr int kAccountCacheKib =
    64;  // a hundred accounts are open at a time; the system caches the rest
constexpr std::string_view kFilesName = "files";
constexpr std::string_view kUnfinished = ".new-";  // in the name of a folder being filled

struct FirstMailbox {
  std::string_view name, special_use;
};
constexpr FirstMailbox kFirstMailboxes[] = {{"INBOX", ""},        {"Drafts", "\\Drafts"},
                                            {"Sent", "\\Sent"},   {"Junk", "\\Junk"},
                                            {"Trash", "\\Trash"}, {"Archive", "\\Archive"}};

void fill_new_account(const std::filesystem::path& folder) {
  make_folder(folder / kFilesName);
  Database database(folder / kDatabaseName);
  migrate(database, account_schema());
  Transaction transaction(database, Transaction::Kind::kWrite);
  for (const FirstMailbox& each : kFirstMailboxes) {
    insert_mailbox(database, each.name, each.special_use);
    database.run("INSERT INTO subscription VALUES (?)", each.name);
  }
  database.run("UPDATE counter SET boot = ?", this_boot());
  transaction.commit();
}

std::filesystem::path temporary_folder(const std::filesystem::path& folder) {
  static std::atomic<unsigned> count{0};
  std::filesystem::path temporary = folder;
  temporary += fmt::format("{}{}-{}", kUnfinished, ::getpid(), count.fetch_add(1));
  return temporary;
}

/// An account's folder appears whole or not at all, so that one without its database is known to
/// have lost it.
void create_account(const std::filesystem::path& folder) {
  const std::filesystem::path temporary = temporary_folder(folder);
  std::filesystem::remove_all(temporary);
  fill_new_account(temporary);
  sync_folder(temporary);
  const bool renamed = ::rename(temporary.c_str(), folder.c_str()) == 0;
  const int error = errno;
  if (!renamed) std::filesystem::remove_all(temporary);
  errno = error;
  // Another process may have been quicker; then its folder is as good.
  if (!renamed && error != ENOTEMPTY && error != EEXIST) throw_file_error(folder, "created");
  sync_folder(folder.parent_path());
}

std::filesystem::path existing_database(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder)) create_account(folder);
  std::filesystem::path file = folder / kDatabaseName;
  if (!std::filesystem::exists(file))
    throw StoreError(fmt::format(
        "{} is missing; restore it from a backup, or remove the account and add it again to begin "
        "with an empty one",
        file.string()));
  return file;
}

}  // namespace

struct Account::Impl {
  AccountId id;
  std::filesystem::path folder;
  std::uint64_t inline_limit;
  ChangeFeed* feed;
  Database database;
  std::shared_ptr<ViewCache> views = std::make_shared<ViewCache>();
};

Account::Account(AccountId id, std::filesystem::path folder, std::uint64_t inline_limit,
                 ChangeFeed* feed)
    : impl_(new Impl{
          id, folder, inline_limit, feed,
          Database(existing_database(folder), Database::Mode::kExisting, kAccountCacheKib)}) {
  migrate(impl_->database, account_schema());
  enter_boot(impl_->database, this_boot());
  // A delivery is not synced by SQLite, so neither would be the name of the log it is written to.
  sync_folder(impl_->folder);
}

Account::~Account() = default;

AccountId Account::id() const { return impl_->id; }
const std::filesystem::path& Account::folder() const { return impl_->folder; }
std::uint64_t Account::inline_limit() const { return impl_->inline_limit; }
Database& Account::database() { return impl_->database; }
ChangeFeed* Account::feed() { return impl_->feed; }
ViewCache& Account::views() { return *impl_->views; }
void Account::share_views(std::shared_ptr<ViewCache> views) { impl_->views = std::move(views); }

ContentFiles content_files(const Account& account) {
  return ContentFiles(account.folder() / kFilesName);
}

void sweep_orphans(Account& account) {
  const ContentFiles files = content_files(account);
  if (std::filesystem::is_empty(files.folder())) return;
  Database& database = account.database();
  Transaction transaction(database, Transaction::Kind::kWrite);
  files.sweep([&](std::int64_t content) {
    return database.integer("SELECT 1 FROM octets WHERE content = ?", content).has_value();
  });
}

void sweep_unfinished_accounts(const std::filesystem::path& accounts) {
  using namespace std::chrono_literals;
  for (const auto& entry : std::filesystem::directory_iterator(accounts)) {
    if (entry.path().filename().string().find(kUnfinished) == std::string::npos) continue;
    std::error_code gone;  // another process may just have finished it
    const auto written = entry.last_write_time(gone);
    if (gone || std::filesystem::file_time_type::clock::now() - written < 1min) continue;
    std::filesystem::remove_all(entry.path(), gone);
  }
}

}  // namespace mailstore

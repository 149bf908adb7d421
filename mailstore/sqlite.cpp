#include "mailstore/sqlite.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "mailstore/files.hpp"

namespace mailstore {

/// kWritten: commits are in the file, for every process to see, but a power cut may undo the last
/// of them. Checkpoints sync the log in either case.
enum class LogSync { kSynced, kWritten };

namespace {

using namespace std::chrono_literals;

constexpr auto kLockPatience = 10s;
constexpr std::size_t kIdleStatements = 24;

bool out_of_space(int code, int system_error) {
  return (code & 0xff) == SQLITE_FULL || system_error == ENOSPC || system_error == EDQUOT;
}

/// What happened to the file and what a person can do about it.
std::string explain(const std::string& file, int code, int system_error, const char* message) {
  if (out_of_space(code, system_error))
    return fmt::format("{}: the disk is full; free some space on it", file);
  const char* cause = system_error != 0 ? std::strerror(system_error) : message;
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fmt::format(
          "{0} is damaged ({1}); stop the daemons, then restore it from a backup or recover what "
          "can be read with: sqlite3 {0} .recover",
          file, message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fmt::format(
          "{0} has been locked by another process for 10 seconds; see who holds it: "
          "fuser {0}",
          file);
    case SQLITE_CANTOPEN:
      return fmt::format("{} can't be opened ({}); see that it is there and whose it is", file,
                         cause);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return fmt::format("{} can't be written ({}); see whose it is and its permissions", file,
                         cause);
    case SQLITE_IOERR:
      return fmt::format("{} can't be read or written ({}); see to the disk", file, cause);
    default: return fmt::format("{}: {}", file, message);
  }
}

/// Without memory statistics SQLite allocates without a process-wide lock.
void configure_once() {
  static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)done;
}

/// SQLite would create it readable for everybody; its -wal and -shm files take the mode over.
void create_private(const std::filesystem::path& file) {
  int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) ::close(descriptor);
}

// How the write-ahead log is written: all pages of a transaction with one system call, where SQLite
// by itself makes two for each page, which took a quarter of a delivery's processor time. Nothing
// becomes visible or counts as committed before it is written: SQLite syncs the log before it
// publishes a commit, and by then at the latest what was gathered is in the file; an error of that
// writing is an error of the commit. That holds with `synchronous=FULL` alone, which every Database
// has: with less, SQLite publishes without asking for a sync. (A layer between SQLite and its own
// file functions, as https://www.sqlite.org/vfs.html foresees.)

// What SQLite's own file functions write with one call, octets.
constexpr std::size_t kMostGathered = 0x1ffff;

/// The open log; SQLite gives it room, and behind it room for the system's own file.
struct Log : sqlite3_file {
  std::string gathered;
  sqlite3_int64 begin = 0;  ///< where in the file `gathered` belongs
  LogSync sync = LogSync::kSynced;

  sqlite3_file* system_file() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  const sqlite3_io_methods& system() { return *system_file()->pMethods; }

  int write_gathered() {
    if (gathered.empty()) return SQLITE_OK;
    const int code =
        system().xWrite(system_file(), gathered.data(), static_cast<int>(gathered.size()), begin);
    gathered.clear();  // after an error it belongs to a transaction that SQLite will take back
    return code;
  }

  int gather(const char* octets, std::size_t count, sqlite3_int64 offset) {
    const bool follows = offset == begin + static_cast<sqlite3_int64>(gathered.size());
    if (!follows || gathered.size() + count > kMostGathered) {
      if (const int code = write_gathered(); code != SQLITE_OK) return code;
    }
    if (gathered.empty()) begin = offset;
    gathered.append(octets, count);
    return SQLITE_OK;
  }
};

Log& log_of(sqlite3_file* file) { return *static_cast<Log*>(file); }

int close_log(sqlite3_file* file) {
  Log& log = log_of(file);
  const int written = log.write_gathered();
  const int closed = log.system().xClose(log.system_file());
  log.~Log();
  return written != SQLITE_OK ? written : closed;
}

int read_log(sqlite3_file* file, void* octets, int count, sqlite3_int64 offset) {
  Log& log = log_of(file);
  if (const int code = log.write_gathered(); code != SQLITE_OK) return code;
  return log.system().xRead(log.system_file(), octets, count, offset);
}

int write_log(sqlite3_file* file, const void* octets, int count, sqlite3_int64 offset) try {
  return log_of(file).gather(static_cast<const char*>(octets), static_cast<std::size_t>(count),
                             offset);
} catch (const std::bad_alloc&) {
  return SQLITE_IOERR_NOMEM;
}

int truncate_log(sqlite3_file* file, sqlite3_int64 size) {
  Log& log = log_of(file);
  if (const int code = log.write_gathered(); code != SQLITE_OK) return code;
  return log.system().xTruncate(log.system_file(), size);
}

/// Commits ask for a sync with NORMAL, checkpoints with FULL (PRAGMA checkpoint_fullfsync).
int sync_log(sqlite3_file* file, int flags) {
  constexpr int kKind = 0x0f;
  Log& log = log_of(file);
  if (const int code = log.write_gathered(); code != SQLITE_OK) return code;
  const bool of_commit = (flags & kKind) == SQLITE_SYNC_NORMAL;
  if (of_commit && log.sync == LogSync::kWritten) return SQLITE_OK;
  return log.system().xSync(log.system_file(), flags);
}

int size_of_log(sqlite3_file* file, sqlite3_int64* size) {
  Log& log = log_of(file);
  if (const int code = log.write_gathered(); code != SQLITE_OK) return code;
  return log.system().xFileSize(log.system_file(), size);
}

int lock_log(sqlite3_file* file, int level) {
  Log& log = log_of(file);
  return log.system().xLock(log.system_file(), level);
}

int unlock_log(sqlite3_file* file, int level) {
  Log& log = log_of(file);
  return log.system().xUnlock(log.system_file(), level);
}

int check_lock_of_log(sqlite3_file* file, int* locked) {
  Log& log = log_of(file);
  return log.system().xCheckReservedLock(log.system_file(), locked);
}

int control_log(sqlite3_file* file, int what, void* argument) {
  Log& log = log_of(file);
  return log.system().xFileControl(log.system_file(), what, argument);
}

int sector_size_of_log(sqlite3_file* file) {
  Log& log = log_of(file);
  return log.system().xSectorSize(log.system_file());
}

int device_of_log(sqlite3_file* file) {
  Log& log = log_of(file);
  return log.system().xDeviceCharacteristics(log.system_file());
}

/// Version 1: what the later versions add, SQLite asks of the database's file only.
const sqlite3_io_methods kLogMethods{1,
                                     close_log,
                                     read_log,
                                     write_log,
                                     truncate_log,
                                     sync_log,
                                     size_of_log,
                                     lock_log,
                                     unlock_log,
                                     check_lock_of_log,
                                     control_log,
                                     sector_size_of_log,
                                     device_of_log,
                                     nullptr,
                                     nullptr,
                                     nullptr,
                                     nullptr,
                                     nullptr,
                                     nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* system = static_cast<sqlite3_vfs*>(vfs->pAppData);
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, out_flags);
  Log* log = new (file) Log;
  const int code = system->xOpen(system, name, log->system_file(), flags, out_flags);
  log->pMethods = code == SQLITE_OK ? &kLogMethods : nullptr;
  if (code != SQLITE_OK) log->~Log();
  return code;
}

/// The name under which databases are opened; registered on the first call.
const char* gathering_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
    sqlite3_vfs gathering = *system;
    gathering.zName = "gathering";
    gathering.pAppData = system;
    gathering.pNext = nullptr;
    gathering.szOsFile += static_cast<int>(sizeof(Log));
    gathering.xOpen = open_file;
    return gathering;
  }();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  if (registered != SQLITE_OK) throw std::runtime_error("SQLite takes no file functions");
  return vfs.zName;
}

/// For the commits of this connection from now on. Inside a transaction only: outside of one SQLite
/// may not have opened the log.
void set_log_sync(sqlite3* connection, LogSync sync) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (file == nullptr || file->pMethods != &kLogMethods)
    throw std::logic_error("the log is not open");
  log_of(file).sync = sync;
}

}  // namespace

struct Database::Impl {
  std::filesystem::path file;
  sqlite3* connection = nullptr;
  std::vector<sqlite3_stmt*> idle;  ///< least recently used first
  std::function<void(std::string_view)> hook;
  std::chrono::steady_clock::time_point waiting_since;

  ~Impl() {
    for (sqlite3_stmt* statement : idle) sqlite3_finalize(statement);
    sqlite3_close_v2(connection);
  }

  /// Short sleeps: a writer holds the lock for a fraction of a millisecond, or for one sync.
  static int wait_for_lock(void* self, int attempts) {
    auto& impl = *static_cast<Impl*>(self);
    auto now = std::chrono::steady_clock::now();
    if (attempts == 0) impl.waiting_since = now;
    if (now - impl.waiting_since > kLockPatience) return 0;
    std::this_thread::sleep_for(attempts < 20 ? 100us : 1ms);
    return 1;
  }

  /// Of two that make a file at once SQLite refuses one here without asking the handler, so that
  /// neither waits for the other; whoever asks again finds it done.
  int keep_a_log() {
    const auto patience_ends = std::chrono::steady_clock::now() + kLockPatience;
    for (;;) {
      const int code =
          sqlite3_exec(connection, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
      if ((code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() > patience_ends)
        return code;
      std::this_thread::sleep_for(1ms);
    }
  }
};

Database::Database(std::filesystem::path file, Mode mode, int cache_kib)
    : impl_(std::make_unique<Impl>()) {
  configure_once();
  impl_->file = std::move(file);
  if (mode == Mode::kCreate) create_private(impl_->file);
  int code = sqlite3_open_v2(impl_->file.c_str(), &impl_->connection,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             gathering_vfs());
  if (code != SQLITE_OK) fail(code, "");
  sqlite3_db_config(impl_->connection, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 256, 64);
  sqlite3_busy_handler(impl_->connection, &Impl::wait_for_lock, impl_.get());
  code = impl_->keep_a_log();
  if (code != SQLITE_OK) fail(code, "");
  script(
      fmt::format("PRAGMA cache_size = -{}; PRAGMA mmap_size = 0;"
                  "PRAGMA synchronous = FULL;"
                  "PRAGMA checkpoint_fullfsync = ON;"
                  "PRAGMA secure_delete = FAST; PRAGMA temp_store = MEMORY;"
                  "PRAGMA journal_size_limit = 8388608; PRAGMA foreign_keys = OFF;"
                  "PRAGMA trusted_schema = OFF;",
                  cache_kib));
}

Database::~Database() = default;

void Database::set_log_sync(LogSync sync) { mailstore::set_log_sync(impl_->connection, sync); }

const std::filesystem::path& Database::file() const { return impl_->file; }

void Database::script(const std::string& sql) {
  int code = sqlite3_exec(impl_->connection, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, sql);
}

std::int64_t Database::changes() const { return sqlite3_changes64(impl_->connection); }

std::int64_t Database::last_insert_id() const {
  return sqlite3_last_insert_rowid(impl_->connection);
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(impl_->connection) == 0; }

std::string Database::read_blob(const char* table, const char* column, std::int64_t row,
                                std::uint64_t offset, std::uint64_t length) {
  sqlite3_blob* raw = nullptr;
  int code = sqlite3_blob_open(impl_->connection, "main", table, column, row, 0, &raw);
  std::unique_ptr<sqlite3_blob, int (*)(sqlite3_blob*)> blob(raw, &sqlite3_blob_close);
  if (code != SQLITE_OK) fail(code, table);
  const std::uint64_t size = static_cast<std::uint64_t>(sqlite3_blob_bytes(raw));
  if (offset >= size) return {};
  std::string octets(std::min(length, size - offset), '\0');
  code = sqlite3_blob_read(raw, octets.data(), static_cast<int>(octets.size()),
                           static_cast<int>(offset));
  if (code != SQLITE_OK) fail(code, table);
  return octets;
}

void Database::snapshot(const std::filesystem::path& target) {
  create_private(target);
  run("VACUUM INTO ?", target.string());
  sync_file(open_file(target), target);
  sync_folder(target.parent_path());
}

void Database::on_step(std::function<void(std::string_view)> hook) {
  impl_->hook = std::move(hook);
}

void Database::reached(std::string_view step) {
  if (impl_->hook) impl_->hook(step);
}

Statement Database::prepare(std::string_view sql) {
  auto& idle = impl_->idle;
  auto found = std::find_if(idle.rbegin(), idle.rend(),
                            [&](sqlite3_stmt* each) { return sql == sqlite3_sql(each); });
  if (found != idle.rend()) {
    sqlite3_stmt* statement = *found;
    idle.erase(std::next(found).base());
    return Statement(*this, statement);
  }
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v3(impl_->connection, sql.data(), static_cast<int>(sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail(code, sql);
  return Statement(*this, statement);
}

void Database::give_back(sqlite3_stmt* statement) noexcept {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  auto& idle = impl_->idle;
  if (idle.size() == kIdleStatements) {
    sqlite3_finalize(idle.front());
    idle.erase(idle.begin());
  }
  idle.push_back(statement);
}

void Database::fail(int code, std::string_view sql) const {
  sqlite3* connection = impl_->connection;
  int system_error = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN
                         ? sqlite3_system_errno(connection)
                         : 0;
  std::string message = sqlite3_errmsg(connection);
  // A statement that is wrong is our own mistake, not the disk's: show it.
  if ((code & 0xff) == SQLITE_ERROR) message += fmt::format(" in: {}", sql);
  throw StoreError(explain(impl_->file, code, system_error, message.c_str()),
                   out_of_space(code, system_error));
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      started_(other.started_) {}

Statement::~Statement() {
  if (statement_ != nullptr) database_->give_back(statement_);
}

bool Statement::step() {
  if (!std::exchange(started_, true)) database_->reached(sqlite3_sql(statement_));
  int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->fail(code, sqlite3_sql(statement_));
  return false;
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::text(int column) const {
  const void* octets = sqlite3_column_blob(statement_, column);
  int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char*>(octets), static_cast<std::size_t>(size)};
}

void Statement::bind(int parameter, std::nullptr_t) { sqlite3_bind_null(statement_, parameter); }

void Statement::bind(int parameter, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  if (sqlite3_bind_text64(statement_, parameter, data, text.size(), SQLITE_STATIC, SQLITE_UTF8) !=
      SQLITE_OK)
    throw std::logic_error("a statement has no such parameter");
}

void Statement::bind(int parameter, Blob blob) {
  const char* data = blob.octets.data() == nullptr ? "" : blob.octets.data();
  if (sqlite3_bind_blob64(statement_, parameter, data, blob.octets.size(), SQLITE_STATIC) !=
      SQLITE_OK)
    throw std::logic_error("a statement has no such parameter");
}

void Statement::bind(int parameter, std::int64_t number) {
  if (sqlite3_bind_int64(statement_, parameter, number) != SQLITE_OK)
    throw std::logic_error("a statement has no such parameter");
}

Transaction::Transaction(Database& database, Kind kind) : database_(database), kind_(kind) {
  if (database.in_transaction()) {
    if (kind != Kind::kRead) throw std::logic_error("a write inside another transaction");
    return;
  }
  database_.run(kind == Kind::kRead ? "BEGIN" : "BEGIN IMMEDIATE");
  open_ = true;
  if (kind == Kind::kUnsynced) database_.set_log_sync(LogSync::kWritten);
}

Transaction::~Transaction() { end(); }

void Transaction::commit() {
  if (!open_) return;
  database_.run("COMMIT");
  end();
  if (kind_ != Kind::kRead) database_.reached("committed");
}

void Transaction::end() noexcept {
  if (!std::exchange(open_, false)) return;
  if (kind_ == Kind::kUnsynced) database_.set_log_sync(LogSync::kSynced);
  try {
    // SQLite has rolled back by itself after some errors, a full disk among them.
    if (database_.in_transaction()) database_.run("ROLLBACK");
  } catch (const std::exception&) {
    // Nothing is lost by a rollback that fails: the transaction was never committed.
  }
}

}  // namespace mailstore

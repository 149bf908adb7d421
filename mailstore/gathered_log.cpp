#include "mailstore/gathered_log.hpp"

#include <sqlite3.h>

#include <new>
#include <stdexcept>
#include <string>

namespace mailstore {

namespace {

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

}  // namespace

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

void set_log_sync(sqlite3* connection, LogSync sync) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (file == nullptr || file->pMethods != &kLogMethods)
    throw std::logic_error("the log is not open");
  log_of(file).sync = sync;
}

}  // namespace mailstore

// SQLite for this room, and only for it: a Database is one connection (one thread at a time), a
// Statement a prepared statement borrowed from the connection's cache, a Transaction undoes itself
// unless committed. Every database is in WAL mode with synchronous=FULL: what `commit` returned
// from is on disk. Trouble is a StoreError that names the file and says what to do.
//
//   Transaction transaction(database, Transaction::Kind::kWrite);
//   database.run("INSERT INTO octets VALUES (?, ?)", id, Blob{octets});
//   for (Statement row = database.query("SELECT uid FROM message WHERE mailbox = ?", mailbox);
//        row.step();)
//     uids.push_back(row.integer(0));
//   transaction.commit();
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mailstore/errors.hpp"

struct sqlite3_stmt;

namespace mailstore {

/// Octets to bind as a BLOB; plain strings are bound as TEXT.
struct Blob {
  std::string_view octets;
};

class Database;
enum class LogSync;

/// A statement with its parameters bound; goes back to the cache of its Database, which must
/// outlive it, when it is destroyed.
class Statement {
 public:
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  /// True: there is a row. The first call runs the statement.
  bool step();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  /// TEXT or BLOB as octets; valid until the next step. NULL is "".
  std::string_view text(int column) const;
  std::string string(int column) const { return std::string(text(column)); }

  /// Parameters count from 1. What is bound by view must stay until the statement is done.
  void bind(int parameter, std::nullptr_t);
  void bind(int parameter, std::string_view text);
  void bind(int parameter, Blob blob);
  void bind(int parameter, std::int64_t number);
  template <std::integral T>
  void bind(int parameter, T number) {
    bind(parameter, static_cast<std::int64_t>(number));
  }
  template <class T>
  void bind(int parameter, const std::optional<T>& value) {
    value ? bind(parameter, *value) : bind(parameter, nullptr);
  }

 private:
  friend class Database;
  Statement(Database& database, sqlite3_stmt* statement)
      : database_(&database), statement_(statement) {}

  Database* database_;
  sqlite3_stmt* statement_;
  bool started_ = false;
};

class Database {
 public:
  enum class Mode { kCreate, kExisting };  ///< kExisting: a missing file is a StoreError

  /// Opens with files readable by the owner alone. The page cache holds at most `cache_kib` KiB.
  explicit Database(std::filesystem::path file, Mode mode = Mode::kCreate, int cache_kib = 96);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::filesystem::path& file() const;

  /// One statement, bound, ready for `step`.
  template <class... Args>
  Statement query(std::string_view sql, const Args&... args) {
    Statement statement = prepare(sql);
    int parameter = 0;
    (statement.bind(++parameter, args), ...);
    return statement;
  }
  /// Runs it to its end; returns the number of rows it changed.
  template <class... Args>
  std::int64_t run(std::string_view sql, const Args&... args) {
    Statement statement = query(sql, args...);
    while (statement.step()) {
    }
    return changes();
  }
  /// The first column of the first row; nullopt when there is no row, or NULL in it.
  template <class... Args>
  std::optional<std::int64_t> integer(std::string_view sql, const Args&... args) {
    Statement statement = query(sql, args...);
    if (!statement.step() || statement.is_null(0)) return std::nullopt;
    return statement.integer(0);
  }
  /// Several statements without parameters: schemas, pragmas.
  void script(const std::string& sql);

  std::int64_t changes() const;
  std::int64_t last_insert_id() const;
  bool in_transaction() const;

  /// Octets [offset, offset + length) of a BLOB, without reading the rest of it. The row must
  /// exist.
  std::string read_blob(const char* table, const char* column, std::int64_t row,
                        std::uint64_t offset, std::uint64_t length);

  /// Writes a consistent copy to `target`, which must not exist, and syncs it.
  void snapshot(const std::filesystem::path& target);

  /// For fault injection in tests: called before every statement with its SQL, and with the name of
  /// every other step that leaves a trace on disk.
  void on_step(std::function<void(std::string_view)> hook);
  void reached(std::string_view step);

 private:
  friend class Statement;
  friend class Transaction;
  void set_log_sync(LogSync sync);
  Statement prepare(std::string_view sql);
  void give_back(sqlite3_stmt* statement) noexcept;
  [[noreturn]] void fail(int code, std::string_view sql) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A kRead transaction sees one snapshot and may be inside any other; a kWrite one takes the write
/// lock at once (waiting up to 10 s) and must be the outermost. Rolled back unless committed.
class Transaction {
 public:
  /// kUnsynced: a write whose loss in a power cut is harmless; a later kWrite syncs it too.
  enum class Kind { kRead, kWrite, kUnsynced };
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  void end() noexcept;

  Database& database_;
  Kind kind_;
  bool open_ = false;
};

}  // namespace mailstore

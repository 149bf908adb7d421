// How the write-ahead log of SQLite is written: all pages of a transaction with one system call,
// where SQLite by itself makes two for each page, which took a quarter of a delivery's processor
// time. Nothing becomes visible or counts as committed before it is written: SQLite syncs the log
// before it publishes a commit, and by then at the latest what was gathered is in the file; an
// error of that writing is an error of the commit. That holds with `synchronous=FULL` alone, which
// every Database has: with less, SQLite publishes without asking for a sync. (A layer between
// SQLite and its own file functions, as https://www.sqlite.org/vfs.html foresees.)
#pragma once

struct sqlite3;

namespace mailstore {

/// kWritten: commits are in the file, for every process to see, but a power cut may undo the last
/// of them. Checkpoints sync the log in either case.
enum class LogSync { kSynced, kWritten };

/// The name under which databases are opened to have it so; registered on the first call. Throws
/// std::runtime_error where SQLite takes no file functions.
const char* gathering_vfs();

/// For the commits of this connection from now on. Inside a transaction only: outside of one SQLite
/// may not have opened the log (std::logic_error).
void set_log_sync(sqlite3* connection, LogSync sync);

}  // namespace mailstore

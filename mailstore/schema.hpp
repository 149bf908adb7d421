// The numbered versions of a kind of database. A file of an older version is brought up to date in
// one transaction, after a snapshot beside it (<file>.v<version>); one of a later version, or of
// another kind, is refused by name. What was released never changes: a new version is a new step.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/sqlite.hpp"

namespace mailstore {

struct Schema {
  std::string_view kind;                ///< "account database", for messages
  std::int32_t application_id = 0;      ///< PRAGMA application_id, four letters
  std::vector<std::string_view> steps;  ///< steps[n] turns version n into n + 1; 0 is an empty file
  /// Called after each step with the version it made, for what SQL alone can't do.
  void (*fill)(Database& database, int version) = nullptr;

  int version() const { return static_cast<int>(steps.size()); }
};

/// Brings the database to the schema's version. Safe when several processes do it at once.
void migrate(Database& database, const Schema& schema);
/// For who looks on while another process has it: throws StoreError unless it is of the schema's
/// version.
void expect_current(Database& database, const Schema& schema);

const Schema& account_schema();
const Schema& directory_schema();
const Schema& fetch_schema();
const Schema& history_schema();
const Schema& queue_schema();
const Schema& search_schema();
const Schema& sort_schema();

}  // namespace mailstore

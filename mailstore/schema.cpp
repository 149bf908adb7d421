#include "mailstore/schema.hpp"

#include <fmt/format.h>

namespace mailstore {

namespace {

int version_of(Database& database) {
  return static_cast<int>(database.integer("PRAGMA user_version").value_or(0));
}

void refuse_foreign(Database& database, const Schema& schema) {
  const Transaction snapshot(database, Transaction::Kind::kRead);  // another may be making it
  const auto id = database.integer("PRAGMA application_id").value_or(0);
  const int version = version_of(database);
  const std::string file = database.file().string();
  if (version > 0 && id != schema.application_id)
    throw StoreError(fmt::format("{} is not a Pabal {}; move it away or restore it from a backup",
                                 file, schema.kind));
  if (version > schema.version())
    throw StoreError(
        fmt::format("{} is of schema version {}, this Pabal knows versions to {}; "
                    "install the version of Pabal that wrote it, or a later one",
                    file, version, schema.version()));
}

void take_snapshot(Database& database, int version) {
  std::filesystem::path target = database.file();
  target += fmt::format(".v{}", version);
  std::filesystem::path unfinished = target;
  unfinished += ".part";
  std::filesystem::remove(unfinished);
  database.snapshot(unfinished);
  std::filesystem::rename(unfinished, target);
}

}  // namespace

void expect_current(Database& database, const Schema& schema) {
  refuse_foreign(database, schema);
  if (version_of(database) == schema.version()) return;
  throw StoreError(fmt::format(
      "{} is of an earlier version of Pabal; start smtpd of this one, which brings it up "
      "to date",
      database.file().string()));
}

void migrate(Database& database, const Schema& schema) {
  refuse_foreign(database, schema);
  const int before = version_of(database);
  if (before == schema.version()) return;
  if (before > 0) take_snapshot(database, before);
  Transaction transaction(database, Transaction::Kind::kWrite);
  // Another process may have been quicker.
  refuse_foreign(database, schema);
  for (int version = version_of(database); version < schema.version(); ++version) {
    database.reached("migration step");
    database.script(std::string(schema.steps[static_cast<std::size_t>(version)]));
    if (schema.fill) schema.fill(database, version + 1);
  }
  database.script(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                              schema.application_id, schema.version()));
  transaction.commit();
}

}  // namespace mailstore

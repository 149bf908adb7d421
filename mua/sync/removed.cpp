#include "mua/sync/removed.hpp"

#include <utility>
#include <vector>

#include "mua/sync/bodies.hpp"
#include "mua/sync/stored_addresses.hpp"
#include "mua/sync/text_index.hpp"

namespace mua::sync {

using mailstore::Database;
using mailstore::Statement;
using mailstore::Transaction;

namespace {

std::vector<std::pair<MessageId, HeaderTexts>> some_removed(Database& database, std::size_t most) {
  std::vector<std::pair<MessageId, HeaderTexts>> out;
  Statement row =
      database.query("SELECT message, sender, recipients, cc, subject FROM removed LIMIT ?", most);
  while (row.step()) {
    const std::string to = searchable_addresses(row.text(2)),
                      cc = searchable_addresses(row.text(3));
    out.push_back({row.integer(0), {searchable_addresses(row.text(1)), to + cc, row.string(4)}});
  }
  return out;
}

void forget(LocalStore& store, MessageId message, const HeaderTexts& texts) {
  Database& database = store.database();
  forget_header(database, message, texts);
  if (database.integer("SELECT indexed FROM body WHERE message = ?", message) == 1) {
    if (const auto text = Bodies(store).text(message)) forget_body(database, message, *text);
  }
  for (const char* table : {"body", "part", "removed"}) {
    database.run("DELETE FROM " + std::string(table) + " WHERE message = ?", message);
  }
}

}  // namespace

std::size_t reclaim_removed(LocalStore& store, std::size_t most) {
  const auto removed = some_removed(store.database(), most);
  if (removed.empty()) return 0;
  Transaction transaction(store.database(), Transaction::Kind::kUnsynced);
  for (const auto& [message, texts] : removed) forget(store, message, texts);
  transaction.commit();
  return removed.size();
}

}  // namespace mua::sync

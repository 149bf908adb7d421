#include "mua/sync/drafts.hpp"

namespace mua::sync {

using mailstore::Statement;
using mailstore::Transaction;

namespace {

LocalDraft draft_from(const Statement& row) {
  return {row.integer(0), row.integer(1), row.string(2)};
}

}  // namespace

DraftId Drafts::save(DraftId id, std::string_view content, std::int64_t now) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  if (id == 0) {
    database_.run("INSERT INTO draft (saved_at, content) VALUES (?, ?)", now, content);
    id = database_.last_insert_id();
  } else {
    database_.run(
        "INSERT INTO draft (id, saved_at, content) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "saved_at = excluded.saved_at, content = excluded.content",
        id, now, content);
  }
  transaction.commit();
  return id;
}

void Drafts::remove(DraftId id) {
  Transaction transaction(database_, Transaction::Kind::kWrite);
  database_.run("DELETE FROM draft WHERE id = ?", id);
  transaction.commit();
}

std::optional<LocalDraft> Drafts::find(DraftId id) {
  Statement row = database_.query("SELECT id, saved_at, content FROM draft WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  return draft_from(row);
}

// What the journal sends is no draft any more, unless that is undone.
std::vector<LocalDraft> Drafts::all() {
  std::vector<LocalDraft> out;
  Statement row = database_.query(
      "SELECT id, saved_at, content FROM draft WHERE entry IS NULL ORDER BY saved_at DESC, id "
      "DESC");
  while (row.step()) out.push_back(draft_from(row));
  return out;
}

}  // namespace mua::sync

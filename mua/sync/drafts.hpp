// Texts being written, saved every few seconds so that little is lost whatever happens. What
// `save` returned from is on disk.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

class Drafts {
 public:
  explicit Drafts(LocalStore& store) : database_(store.database()) {}

  /// A new one for `id` 0. Returns its id.
  DraftId save(DraftId id, std::string_view content, std::int64_t now);
  void remove(DraftId id);
  std::optional<LocalDraft> find(DraftId id);
  /// The latest first.
  std::vector<LocalDraft> all();

 private:
  mailstore::Database& database_;
};

}  // namespace mua::sync

// Searching what is here: header fields of all messages, texts of those that were read, in every
// script and from the first three characters on by an index of trigrams. The criteria are those of
// mua/query.hpp; what an index can't narrow is looked at line by line.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/search_key.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

struct LocalFound {
  std::vector<MessageId> messages;  ///< the newest first
  bool more = false;                ///< there are more than were asked for
};

class LocalSearch {
 public:
  explicit LocalSearch(LocalStore& store) : store_(store) {}

  /// The newest `most` of a folder, or of all folders; those found so far once `wanted` says no,
  /// which is asked before each message that is looked at: what an index can't narrow may be all.
  LocalFound find(
      std::optional<FolderId> folder, const mail::SearchKey& key, std::size_t most,
      const std::function<bool()>& wanted = [] { return true; });

 private:
  LocalStore& store_;
};

}  // namespace mua::sync

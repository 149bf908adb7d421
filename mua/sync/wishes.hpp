// What is asked of an engine and not done yet, in the order in which it is to be done. Plain data
// of the engine's thread. Private to the folder.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "mail/search_key.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

struct PartWish {
  MessageId message = 0;
  std::string number;
  bool operator==(const PartWish&) const = default;
};

struct SearchWish {
  std::uint64_t number = 0;
  std::deque<FolderId> folders;  ///< still to be asked
  mail::SearchKey key;
  std::vector<MessageId> found{};  ///< so far
  bool more = false;
};

struct Wishes {
  FolderId shown = 0;            ///< 0: INBOX
  std::vector<MessageId> texts;  ///< the latest last, and done first
  std::deque<PartWish> parts;
  std::deque<MessageId> prefetch;
  std::optional<SearchWish> search;
  bool look = true;  ///< at all folders

  void want_text(MessageId message);
  void want_part(PartWish part);
  std::optional<MessageId> next_text();
  std::optional<PartWish> next_part();
  std::optional<MessageId> next_prefetch();
  /// Something that a person waits for.
  bool urgent() const { return !texts.empty() || !parts.empty() || search.has_value(); }
};

}  // namespace mua::sync

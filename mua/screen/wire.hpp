// What the screen asks of an account's engine (mua/sync/engine.hpp), each call returning at once;
// tests put their own end on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/search_key.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

class Wire {
 public:
  Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  virtual ~Wire() = default;

  virtual void show(sync::FolderId folder) = 0;
  virtual void want_text(sync::MessageId message) = 0;
  virtual void want_part(sync::MessageId message, std::string number) = 0;
  virtual void prefetch(std::vector<sync::MessageId> messages) = 0;
  virtual void journal_changed() = 0;
  virtual void search(std::uint64_t number, std::optional<sync::FolderId> folder,
                      mail::SearchKey key) = 0;
  virtual void reconnect() = 0;
  virtual void refresh() = 0;
  /// Somebody is at the keys, or nobody for a while: how often a lost server is looked for.
  virtual void there() {}
  virtual void away() {}
};

}  // namespace mua::screen

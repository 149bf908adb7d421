// How many unread messages each saved search has, for the tree of folders: counted aside, of what
// is here, and not more often than every other second.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace mua::screen {

class Client;

class SearchCounts {
 public:
  /// Messages came, went or changed.
  void changed() { stale_ = true; }
  /// Begins to count when it is time.
  void tick(Client& client);
  /// Milliseconds until `tick` has something to do, at most `most`.
  std::int64_t wait_ms(std::int64_t now_ms, std::int64_t most) const;
  /// "3", "999+"; "" for none.
  std::string text(const std::string& name) const;

 private:
  bool stale_ = true, counting_ = false;
  std::int64_t counted_at_ = 0;  ///< milliseconds
  std::map<std::string, std::size_t> unread_;
};

}  // namespace mua::screen

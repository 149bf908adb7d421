// The inboxes of several accounts as one list, newest first, a window at a time: each store is read
// in its own order and no further than is seen, so that neither memory nor time grows with the
// mailboxes. Messages of the same second stand in the order of the accounts.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "mua/sync/message_list.hpp"

namespace mua::sync {

class JoinedList {
 public:
  /// The stores outlive it.
  explicit JoinedList(std::vector<ListSource> sources);

  const std::vector<ListSource>& sources() const { return sources_; }
  std::uint32_t count() const;
  /// Lines [first, first + count).
  std::vector<Row> window(std::uint32_t first, std::uint32_t count);
  /// The line of a message; nullopt when it is in none of the folders.
  std::optional<std::uint32_t> position(MessageId message);
  /// The first unread line from `from` on, else from the top.
  std::optional<std::uint32_t> next_unread(std::uint32_t from);
  /// Messages of any folder of these accounts, in the order asked for; those that are gone are left
  /// out.
  std::vector<Row> rows(std::span<const MessageId> messages) const;

 private:
  /// A place between two lines: how many lines of each source are above it.
  struct Cut {
    std::vector<std::uint32_t> above;
    std::uint32_t line() const;
  };
  Cut begin() const;
  Cut end() const;
  Cut at_date(std::int64_t date) const;
  Cut nearest_to(std::uint32_t line) const;
  Cut cut_at(std::uint32_t line) const;

  std::vector<ListSource> sources_;
  std::int64_t last_date_ = 0;  ///< of a message that was asked for: the next ones are near it
};

}  // namespace mua::sync

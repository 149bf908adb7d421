// Where in a mailbox a content is: from what the search index names back to messages, without a
// look at each row. A message keeps its content for as long as it lives, so what is known stays
// true and only what came since is read. Kept with the views of large mailboxes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "mailstore/account.hpp"

namespace mailstore {

class ContentPlaces {
 public:
  /// UIDs, ascending, whose content is one of `contents`, ascending, or later than `covered`. Some
  /// may have vanished.
  std::vector<Uid> uids_of(const std::vector<std::int64_t>& contents, std::int64_t covered) const;

  Uid up_to() const { return up_to_; }
  /// Places of UIDs above up_to().
  void add(std::int64_t content, Uid uid);
  void finish(Uid up_to);

 private:
  /// 12 octets, as there are many.
  struct Place {
    std::uint32_t high = 0, low = 0;  ///< halves of the content's id
    Uid uid = 0;
    std::int64_t content() const { return (static_cast<std::int64_t>(high) << 32) | low; }
  };
  static bool before(const Place& left, const Place& right) {
    return left.content() < right.content();
  }

  std::vector<Place> places_;  ///< by content
  std::size_t sorted_ = 0;     ///< how many of them are in order
  Uid up_to_ = 0;
};

/// Those of all messages there are.
std::shared_ptr<const ContentPlaces> content_places(Account& account, MailboxId mailbox);

}  // namespace mailstore

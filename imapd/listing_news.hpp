// What happened to the names of mailboxes between two looks (RFC 5465 §5.4, §5.5): created,
// deleted, renamed, subscribed. A mailbox is known by its id, so a rename is told from a deletion.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "imapd/visible.hpp"

namespace imapd {

/// A name for which one LIST line is due.
struct NameNews {
  Visible mailbox;            ///< as it is now; of one that is gone, as it was
  bool exists = true;         ///< there is such a mailbox now
  std::string old_name;       ///< before it was renamed, else ""
  bool name = false;          ///< created, deleted, renamed, or parent of one created or deleted
  bool subscription = false;  ///< subscribed or unsubscribed
};

/// In order of names.
std::vector<NameNews> compare(const Listing& before, const Listing& after);

}  // namespace imapd

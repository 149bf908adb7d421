// The part tree of the message a session last looked into. Clients fetch a large attachment in
// slices, `BODY[2]<0.65536>` and so on; with the tree at hand each reads its slice alone. Owned by
// the selected mailbox: octets of a UID never change.
#pragma once

#include <optional>
#include <utility>

#include "mail/part_scanner.hpp"
#include "mailstore/account.hpp"

namespace imapd {

class ScannedParts {
 public:
  /// Null unless this message was kept last.
  const mail::Part* of(mailstore::Uid uid) const {
    return root_ && uid == uid_ ? &*root_ : nullptr;
  }
  const mail::Part& keep(mailstore::Uid uid, mail::Part root) {
    uid_ = uid;
    return root_.emplace(std::move(root));
  }

 private:
  mailstore::Uid uid_ = 0;
  std::optional<mail::Part> root_;
};

}  // namespace imapd

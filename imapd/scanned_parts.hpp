// What a session learned of the message it last looked into: its part tree, and how the part it
// last had decoded lies. Clients fetch a large attachment in slices, `BODY[2]<0.65536>` and so on;
// with these at hand each reads its slice alone. Owned by the selected mailbox: octets of a UID
// never change.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "imapd/decoded_part.hpp"
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
    decoded_.reset();
    return root_.emplace(std::move(root));
  }

  /// Null unless this part of the message that was kept last was decoded last.
  std::shared_ptr<const DecodedPart> decoded(mailstore::Uid uid,
                                             const std::vector<unsigned>& number) const {
    return of(uid) && number == number_ ? decoded_ : nullptr;
  }
  /// Of the message that was kept last.
  void keep_decoded(std::vector<unsigned> number, std::shared_ptr<const DecodedPart> decoded) {
    number_ = std::move(number);
    decoded_ = std::move(decoded);
  }

 private:
  mailstore::Uid uid_ = 0;
  std::optional<mail::Part> root_;
  std::vector<unsigned> number_;
  std::shared_ptr<const DecodedPart> decoded_;
};

}  // namespace imapd

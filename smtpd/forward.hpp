// Forwarding: under which sender a message goes on from here, what is put above it, and how mail to
// our rewritten addresses finds back (smtpd/srs.hpp). The sender stays as it is when it is one of
// our own domains', for which we may send anyway, and when it is null.
#pragma once

#include <cstdint>
#include <string>

#include "mailstore/directory.hpp"
#include "mailstore/queue.hpp"
#include "smtpd/srs.hpp"

namespace smtpd {

class Forwarder {
 public:
  /// `directory` outlives it.
  explicit Forwarder(const mailstore::Directory& directory);

  /// The envelope sender with which the message leaves for the recipient. `now` in seconds since
  /// 1970.
  mail::Address sender(const mailstore::QueuedMessage& message,
                       const mailstore::QueuedRecipient& recipient, std::int64_t now) const;

  /// As Directory::resolve, and an address that was rewritten here leads to where it came from. One
  /// that wasn't, or too long ago, leads nowhere.
  mailstore::Resolution resolve(const mail::Address& recipient, std::int64_t now) const;

 private:
  const mailstore::Directory& directory_;
  Srs srs_;
};

/// Delivered-To fields for the addresses here that the message went through on its way to a
/// recipient outside, with their CRLF; "" when it isn't forwarded. ASCII unless the message is
/// SMTPUTF8.
std::string forward_head(const mailstore::QueuedMessage& message,
                         const mailstore::QueuedRecipient& recipient);

}  // namespace smtpd

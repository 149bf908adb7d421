#include "mailstore/expansion.hpp"

namespace mailstore {

std::vector<QueuedRecipient> expand(const mail::Address& named, const Resolution& where) {
  std::vector<QueuedRecipient> recipients;
  QueuedRecipient recipient;
  recipient.original = named.to_string();
  const auto add = [&](const mail::Address& address) {
    recipient.number = static_cast<std::int32_t>(recipients.size());
    recipient.address = address;
    recipients.push_back(recipient);
  };
  for (const AccountId account : where.accounts) {
    recipient.account = account;
    add(named);
  }
  recipient.account = 0;
  for (const Forward& remote : where.remote) {
    recipient.forwarded_by = remote.by;
    add(remote.address);
  }
  recipient.forwarded_by.clear();
  if (!where.domain_is_local) add(named);
  return recipients;
}

}  // namespace mailstore

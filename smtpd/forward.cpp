#include "smtpd/forward.hpp"

#include "mail/ascii.hpp"

namespace smtpd {

namespace {

/// Of "local@domain", in A-labels, which every server takes.
std::string domain_of(const std::string& address) {
  const std::string domain = address.substr(address.rfind('@') + 1);
  return mail::domain_to_ascii(domain).value_or(domain);
}

}  // namespace

Forwarder::Forwarder(const mailstore::Directory& directory)
    : directory_(directory), srs_(directory.srs_secret()) {}

mail::Address Forwarder::sender(const mailstore::QueuedMessage& message,
                                const mailstore::QueuedRecipient& recipient,
                                std::int64_t now) const {
  const bool forwarded = !recipient.forwarded_by.empty();
  if (!forwarded || message.sender.is_null() || directory_.is_local(message.sender)) {
    return message.sender;
  }
  return srs_.rewrite(message.sender, domain_of(recipient.forwarded_by), now);
}

mailstore::Resolution Forwarder::resolve(const mail::Address& recipient, std::int64_t now) const {
  if (!mail::is_srs(recipient.local) || !directory_.is_local(recipient)) {
    return directory_.resolve(recipient);
  }
  mailstore::Resolution resolution;
  resolution.domain_is_local = true;
  const auto original = srs_.original(recipient, now);
  if (!original) return resolution;
  // A domain that was elsewhere then may be ours by now.
  if (directory_.is_local(*original)) return directory_.resolve(*original);
  resolution.remote.push_back({*original, recipient.to_string()});
  return resolution;
}

std::string forward_head(const mailstore::QueuedMessage& message,
                         const mailstore::QueuedRecipient& recipient) {
  if (recipient.forwarded_by.empty()) return "";
  std::string head;
  const auto add = [&](const std::string& address) {
    if (message.smtputf8 || mail::is_ascii(address)) head += "Delivered-To: " + address + "\r\n";
  };
  add(recipient.forwarded_by);
  if (recipient.original != recipient.forwarded_by) add(recipient.original);
  return head;
}

}  // namespace smtpd

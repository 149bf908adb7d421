#include <algorithm>
#include <utility>

#include "mail/ascii.hpp"
#include "mail/compose.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"

namespace mail {
namespace {

using Addresses = std::vector<NamedAddress>;

// Of all fields of the name.
Addresses mailboxes(std::string_view message, std::string_view name) {
  Addresses all;
  for (const HeaderField& field : find_fields(message, name)) {
    for (NamedAddress& mailbox : parse_address_list(field.value)) all.push_back(std::move(mailbox));
  }
  return all;
}

bool same_mailbox(const Address& a, const Address& b) {
  return local_key(a.local) == local_key(b.local) && domain_key(a.domain) == domain_key(b.domain);
}

bool contains(const Addresses& list, const Address& address) {
  return std::any_of(list.begin(), list.end(), [&](const NamedAddress& mailbox) {
    return same_mailbox(mailbox.address, address);
  });
}

// msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]
std::vector<std::string> ids_in(std::string_view value) {
  std::vector<std::string> ids;
  std::size_t begin = value.find('<');
  while (begin != std::string_view::npos) {
    const std::size_t end = value.find('>', begin);
    if (end == std::string_view::npos) break;
    ids.emplace_back(value.substr(begin, end + 1 - begin));
    begin = value.find('<', end);
  }
  return ids;
}

std::string reply_subject(std::string_view subject) {
  subject = trim(subject);
  const bool has_prefix = same_ignoring_case(subject.substr(0, 3), "re:");
  return has_prefix ? std::string(subject) : "Re: " + std::string(subject);
}

// RFC 5322 §3.6.4: the parent's References, or its only In-Reply-To, then its own id.
void thread_onto(Draft& reply, std::string_view original) {
  const auto ids = ids_in(field_value(original, "message-id"));
  reply.references = ids_in(field_value(original, "references"));
  const auto parent = ids_in(field_value(original, "in-reply-to"));
  if (reply.references.empty() && parent.size() == 1) reply.references = parent;
  if (ids.empty()) return;
  reply.in_reply_to = ids.front();
  std::erase(reply.references, ids.front());
  reply.references.push_back(ids.front());
}

void add_others(Draft& reply, const Addresses& others, const Address& self) {
  for (const NamedAddress& other : others) {
    const bool known = same_mailbox(other.address, self) || contains(reply.to, other.address) ||
                       contains(reply.cc, other.address);
    if (!known) reply.cc.push_back(other);
  }
}

}  // namespace

Draft begin_reply(std::string_view original, ReplyTo to, const Address& self) {
  Draft reply;
  reply.subject = reply_subject(decode_words(field_value(original, "subject")));
  reply.to = mailboxes(original, "reply-to");
  if (reply.to.empty()) reply.to = mailboxes(original, "from");
  // An answer to one's own message goes where that went.
  const bool own = reply.to.size() == 1 && same_mailbox(reply.to.front().address, self);
  if (own && find_field(original, "to")) reply.to = mailboxes(original, "to");
  if (to == ReplyTo::kAll) {
    add_others(reply, mailboxes(original, "to"), self);
    add_others(reply, mailboxes(original, "cc"), self);
  }
  thread_onto(reply, original);
  return reply;
}

}  // namespace mail

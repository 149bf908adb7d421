#include "mailstore/queue_filter.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace mailstore {
namespace {

struct Word {
  Stage stage;
  std::string_view word;
};

constexpr Word kWords[] = {{Stage::kQueued, "queued"},
                           {Stage::kDeferred, "deferred"},
                           {Stage::kHeld, "held"},
                           {Stage::kDelivered, "delivered"},
                           {Stage::kFailed, "failed"}};

/// Address literals have no key.
std::string key_of(std::string_view domain) {
  return mail::domain_key(domain).value_or(mail::ascii_lower(domain));
}

}  // namespace

Stage stage_of(const QueuedRecipient& recipient) {
  switch (recipient.state) {
    case RecipientState::kDelivered: return Stage::kDelivered;
    case RecipientState::kFailed: return Stage::kFailed;
    case RecipientState::kHeld: return Stage::kHeld;
    case RecipientState::kQueued: break;
  }
  return recipient.attempts > 0 ? Stage::kDeferred : Stage::kQueued;
}

std::string_view describe(Stage stage) {
  for (const Word& word : kWords)
    if (word.stage == stage) return word.word;
  return "unknown";
}

std::optional<Stage> parse_stage(std::string_view text) {
  for (const Word& word : kWords)
    if (word.word == text) return word.stage;
  return std::nullopt;
}

// pattern = address / "@" domain / "<>"        "alice@example.test", "@example.test"
std::optional<AddressPattern> AddressPattern::parse(std::string_view text) {
  AddressPattern pattern;
  if (text == "<>") return pattern;
  if (text.size() > 1 && text.starts_with('@')) {
    const std::string_view domain = text.substr(1);
    if (!domain.starts_with('[') && !mail::domain_key(domain)) return std::nullopt;
    pattern.domain_ = key_of(domain);
    return pattern;
  }
  const auto address = mail::parse_address(text);
  if (!address) return std::nullopt;
  pattern.local_ = mail::local_key(address->local);
  pattern.domain_ = key_of(address->domain);
  return pattern;
}

bool AddressPattern::matches(const mail::Address& address) const {
  if (domain_.empty()) return address.is_null();
  if (address.is_null()) return false;
  return key_of(address.domain) == domain_ &&
         (local_.empty() || mail::local_key(address.local) == local_);
}

bool is_everything(const QueueFilter& filter) {
  return filter.messages.empty() && filter.message_id.empty() && !filter.sender &&
         !filter.recipient && !filter.domain && !filter.older_than && !filter.newer_than &&
         filter.stages.empty();
}

bool matches(const QueueFilter& filter, const QueuedMessage& message, std::int64_t now) {
  const std::int64_t age = now - message.received_at;
  if (filter.older_than && age <= filter.older_than->count()) return false;
  if (filter.newer_than && age >= filter.newer_than->count()) return false;
  if (!filter.message_id.empty() && filter.message_id != message.message_id) return false;
  return !filter.sender || filter.sender->matches(message.sender);
}

bool matches(const QueueFilter& filter, const QueuedRecipient& recipient) {
  const Stage stage = stage_of(recipient);
  const bool done = stage == Stage::kDelivered || stage == Stage::kFailed;
  if (filter.stages.empty() ? done : !std::ranges::count(filter.stages, stage)) return false;
  if (filter.domain && !filter.domain->matches(recipient.address)) return false;
  if (!filter.recipient || filter.recipient->matches(recipient.address)) return true;
  const auto named = mail::parse_address(recipient.original);
  return named && filter.recipient->matches(*named);
}

}  // namespace mailstore

#include "mua/sync/wishes.hpp"

#include <algorithm>
#include <utility>

namespace mua::sync {

namespace {

// Of the texts of messages that were passed by, only the latest are still wanted.
constexpr std::size_t kMostTexts = 20;

}  // namespace

void Wishes::want_text(MessageId message) {
  std::erase(texts, message);
  texts.push_back(message);
  if (texts.size() > kMostTexts) texts.erase(texts.begin());
}

void Wishes::want_part(PartWish part) {
  if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
}

std::optional<MessageId> Wishes::next_text() {
  if (texts.empty()) return std::nullopt;
  const MessageId message = texts.back();
  texts.pop_back();
  return message;
}

std::optional<PartWish> Wishes::next_part() {
  if (parts.empty()) return std::nullopt;
  PartWish part = std::move(parts.front());
  parts.pop_front();
  return part;
}

std::optional<MessageId> Wishes::next_prefetch() {
  if (prefetch.empty()) return std::nullopt;
  const MessageId message = prefetch.front();
  prefetch.pop_front();
  return message;
}

}  // namespace mua::sync

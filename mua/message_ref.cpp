#include "mua/message_ref.hpp"

#include <charconv>
#include <utility>

#include "mail/mailbox_name.hpp"

namespace mua {

namespace {

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0) return std::nullopt;
  return value;
}

/// What follows the last colon, cut off `text`; all of it when there is no colon.
std::string_view cut_last(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::exchange(text, {});
  const std::string_view last = text.substr(colon + 1);
  text = text.substr(0, colon);
  return last;
}

}  // namespace

std::string MessageRef::full() const {
  return mailbox + ":" + std::to_string(uid_validity) + ":" + std::to_string(uid);
}

std::string MessageRef::brief() const {
  return mailbox == "INBOX" ? std::to_string(uid) : mailbox + ":" + std::to_string(uid);
}

std::optional<MessageRef> parse_message_ref(std::string_view text) {
  MessageRef ref;
  const bool bare = text.find(':') == std::string_view::npos;
  const auto uid = number(cut_last(text));
  if (!uid) return std::nullopt;
  ref.uid = *uid;
  if (bare) return ref;
  std::string_view mailbox = text;
  if (mailbox.find(':') != std::string_view::npos) {
    const auto validity = number(cut_last(mailbox));
    if (validity) {
      ref.uid_validity = *validity;
      text = mailbox;
    }
  }
  if (text.empty()) return std::nullopt;
  ref.mailbox = mail::canonical_mailbox_name(std::string(text));
  return ref;
}

}  // namespace mua

#include "mailstore/object_id.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mail/thread_number.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

std::optional<std::int64_t> number_of(std::string_view digits, int base) {
  std::int64_t number = 0;
  const auto* last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, number, base);
  if (error != std::errc() || end != last || number <= 0) return std::nullopt;
  return number;
}

}  // namespace

ObjectIds::ObjectIds(Account& account) {
  Statement row = account.database().query("SELECT object_word FROM counter");
  if (row.step()) word_ = row.string(0);
}

std::string mailbox_object_id(std::string_view word, std::uint32_t uid_validity) {
  return fmt::format("F{}-{}", word, uid_validity);
}

std::string ObjectIds::email(std::int64_t content) const {
  return fmt::format("M{}-{}", word_, content);
}

std::optional<std::int64_t> ObjectIds::content(std::string_view email_id) const {
  const std::string before = fmt::format("M{}-", word_);
  if (!email_id.starts_with(before)) return std::nullopt;
  const auto number = number_of(email_id.substr(before.size()), 10);
  // "M...-07" is no id, though it has the number of one.
  if (!number || email(*number) != email_id) return std::nullopt;
  return number;
}

std::string thread_id(std::int64_t thread) { return fmt::format("T{:016x}", thread); }

std::optional<std::int64_t> thread_of(std::string_view id) {
  if (!id.starts_with('T')) return std::nullopt;
  const auto number = number_of(id.substr(1), 16);
  if (!number || thread_id(*number) != id) return std::nullopt;
  return number;
}

std::optional<std::int64_t> read_thread(Account& account, MailboxId mailbox, Uid uid) {
  std::int64_t header_size = 0;
  {
    Statement row = account.database().query(
        "SELECT thread, header_size FROM message JOIN content ON content.id = message.content "
        "WHERE mailbox = ? AND uid = ?",
        mailbox, uid);
    if (!row.step()) return std::nullopt;
    if (row.integer(0) != 0) return row.integer(0);
    header_size = row.integer(1);
  }
  const auto header =
      read_content(account, mailbox, uid, 0, static_cast<std::uint64_t>(header_size));
  if (!header) return std::nullopt;
  return mail::thread_number(*header);
}

}  // namespace mailstore

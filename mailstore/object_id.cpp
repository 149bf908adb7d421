#include "mailstore/object_id.hpp"

#include <fmt/format.h>

#include <algorithm>
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
  Statement row = account.database().query(
      "SELECT object_word, EXISTS (SELECT 1 FROM foreign_id) FROM counter");
  if (!row.step()) return;
  word_ = row.string(0);
  has_foreign_ = row.integer(1) != 0;
}

std::string mailbox_object_id(std::string_view word, std::uint32_t uid_validity) {
  return fmt::format("F{}-{}", word, uid_validity);
}

std::string ObjectIds::own_email(std::int64_t content) const {
  return fmt::format("M{}-{}", word_, content);
}

std::string ObjectIds::email(Account& account, std::int64_t content) const {
  if (!has_foreign_) return own_email(content);
  Statement row =
      account.database().query("SELECT email_id FROM foreign_id WHERE content = ?", content);
  return row.step() ? row.string(0) : own_email(content);
}

std::vector<std::int64_t> ObjectIds::contents(Account& account, std::string_view email_id) const {
  std::vector<std::int64_t> contents;
  for (Statement row =
           account.database().query("SELECT content FROM foreign_id WHERE email_id = ?", email_id);
       row.step();)
    contents.push_back(row.integer(0));
  const std::size_t dash = std::min(email_id.find('-'), email_id.size());
  const auto number = number_of(email_id.substr(std::min(dash + 1, email_id.size())), 10);
  // "M...-07" is no id, though it has the number of one.
  if (number && email(account, *number) == email_id && own_email(*number) == email_id)
    contents.push_back(*number);
  return contents;
}

void keep_email_id(Database& database, std::int64_t content, std::string_view email_id) {
  database.run("INSERT INTO foreign_id VALUES (?, ?)", content, email_id);
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

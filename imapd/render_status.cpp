#include "imapd/render_status.hpp"

#include <algorithm>

#include "imapd/wire_name.hpp"

namespace imapd {

namespace {

std::uint64_t value_of(const mailstore::MailboxStatus& status, mail::StatusItem item) {
  using enum mail::StatusItem;
  switch (item) {
    case kMessages: return status.messages;
    case kRecent: return status.recent;
    case kUidNext: return status.uid_next;
    case kUidValidity: return status.uid_validity;
    case kUnseen: return status.unseen;
    case kDeleted: return status.deleted;
    case kSize: return status.size;
    case kHighestModSeq: return status.highest_mod_seq;
    case kDeletedStorage: return status.deleted_storage;
    case kAppendLimit:
    case kMailboxId: break;
  }
  return 0;
}

}  // namespace

mailstore::Result<mailstore::MailboxStatus, mailstore::Failure> read_status(
    mailstore::Account& account, mailstore::MailboxId mailbox,
    const std::vector<mail::StatusItem>& items) {
  auto status = mailstore::mailbox_status(account, mailbox);
  if (!status) return status;
  if (std::find(items.begin(), items.end(), mail::StatusItem::kDeletedStorage) != items.end()) {
    status->deleted_storage = mailstore::deleted_storage(account, mailbox);
  }
  return status;
}

void append_status(std::string& out, std::string_view name, const mailstore::MailboxStatus& status,
                   const std::vector<mail::StatusItem>& items, const Enabled& enabled,
                   std::uint64_t append_limit) {
  out += "* STATUS ";
  append_name(out, name, enabled);
  char separator = '(';
  out += ' ';
  for (auto item : items) {
    out += separator;
    out += mail::render_status_item(item);
    out += ' ';
    separator = ' ';
    if (item == mail::StatusItem::kMailboxId) {
      out += '(' + status.object_id + ')';
      continue;
    }
    bool is_limit = item == mail::StatusItem::kAppendLimit;
    mail::append_number(out, is_limit ? append_limit : value_of(status, item));
  }
  out += ")\r\n";
}

}  // namespace imapd

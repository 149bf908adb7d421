#include "mua/local_rows.hpp"

#include "mail/mailbox_name.hpp"

namespace mua {

namespace imap = mail::imap;

sync::Folder require_folder(sync::LocalStore& store, const std::string& mailbox) {
  const auto folder = sync::Folders(store).find(mail::canonical_mailbox_name(mailbox));
  if (folder && folder->synced_at > 0) return *folder;
  throw Failure(ExitCode::kNotFound, mailbox + " is not in the local store",
                "mua sync brings the mailboxes of the server here; mua "
                "mailboxes lists them.");
}

Row row_of(const sync::Folder& folder, std::uint32_t uid_validity, const sync::Header& header) {
  Row out;
  out.ref = {folder.name, uid_validity, header.row.uid};
  out.message.uid = header.row.uid;
  out.message.flags = header.row.flags;
  out.message.size = header.row.size;
  out.message.internal_date = mail::DateTime{header.row.date, 0};
  imap::Envelope envelope;
  envelope.date = header.date;
  envelope.subject = header.subject;
  envelope.from = header.from;
  envelope.to = header.to;
  envelope.cc = header.cc;
  envelope.message_id = header.message_id;
  envelope.in_reply_to = header.in_reply_to;
  out.message.envelope = std::move(envelope);
  return out;
}

}  // namespace mua

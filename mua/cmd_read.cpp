#include <fmt/format.h>

#include "mua/commands.hpp"
#include "mua/message_text.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

constexpr const char* kItems = "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)";

std::string field(std::string_view name, const std::string& value) {
  return value.empty() ? "" : fmt::format("{}: {}\n", name, value);
}

std::string render(const imap::Envelope& envelope, const Reading& reading,
                   const std::string& text) {
  std::string out = field("From", address_list_text(envelope.from));
  out += field("To", address_list_text(envelope.to));
  out += field("Cc", address_list_text(envelope.cc));
  out += field("Bcc", address_list_text(envelope.bcc));
  out += field("Date", printable(envelope.date));
  out += field("Subject", printable(envelope.subject));
  out += "\n" + text;
  for (std::size_t i = 0; i < reading.attachments.size(); ++i) {
    const AttachedPart& a = reading.attachments[i];
    if (i == 0) out += "\nAttachments:\n";
    out += fmt::format("  {}  {}  ({}/{}, {} octets encoded)\n", i + 1, a.name,
                       printable(a.part->type), printable(a.part->subtype), a.part->size);
  }
  return out;
}

boost::json::object to_json(const Row& row, const Reading& reading, const std::string& text) {
  boost::json::object out = row_json(row);
  if (row.message.envelope) {
    out["bcc"] = address_list_json(row.message.envelope->bcc);
    out["reply_to"] = address_list_json(row.message.envelope->reply_to);
    out["in_reply_to"] = row.message.envelope->in_reply_to;
  }
  out["text"] = text;
  boost::json::array attachments;
  for (std::size_t i = 0; i < reading.attachments.size(); ++i) {
    const AttachedPart& a = reading.attachments[i];
    attachments.push_back({{"number", i + 1},
                           {"name", a.name},
                           {"type", a.part->type + "/" + a.part->subtype},
                           {"encoded_size", a.part->size}});
  }
  out["attachments"] = attachments;
  return out;
}

asio::awaitable<void> show(ImapSession& session, MessageRef ref, Format format) {
  Row row;
  row.ref = ref;
  row.message = co_await fetch_one(session, ref, kItems);
  Reading reading;
  if (row.message.structure) reading = plan_reading(*row.message.structure);
  const std::string text = co_await fetch_text(session, ref, reading);
  if (format == Format::kJson) {
    print(to_json(row, reading, text));
  } else {
    print(render(row.message.envelope.value_or(imap::Envelope{}), reading, text));
  }
}

}  // namespace

asio::awaitable<ExitCode> read(CommonOptions common, ReadOptions options) {
  MessageRef ref = require_ref(options.id);
  const bool marks = !options.peek && !options.raw;
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const Selection selection = co_await select(
      session, ref.mailbox, marks ? imap::Access::kReadWrite : imap::Access::kReadOnly);
  check_validity(selection, ref);
  ref.uid_validity = selection.uid_validity;
  if (options.raw) {
    const std::string octets = co_await fetch_section(session, ref, "");
    print(octets);
  } else {
    co_await show(session, ref, common.format);
  }
  if (marks) {
    const mail::FlagSet seen{mail::kSeen, {}};
    imap::Request store =
        imap::uid_store(mail::SequenceSet::of({ref.uid}), imap::FlagChange::kAdd, seen);
    co_await session.run(std::move(store));
  }
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua

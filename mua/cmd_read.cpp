#include <fmt/format.h>

#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mua/commands.hpp"
#include "mua/contents.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"
#include "mua/screen/page.hpp"

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

/// The fields that were protected stand in place of those outside (RFC 9788 §4.10).
void take_fields(const std::string& header, imap::Envelope& envelope) {
  envelope.from = mail::parse_address_list(mail::field_value(header, "From"));
  envelope.to = mail::parse_address_list(mail::field_value(header, "To"));
  envelope.cc = mail::parse_address_list(mail::field_value(header, "Cc"));
  envelope.subject = mail::decode_words(mail::field_value(header, "Subject"));
  envelope.date = mail::field_value(header, "Date");
}

/// Where it is opened, all of the message is fetched: signatures are over its octets.
asio::awaitable<void> show(ImapSession& session, MessageRef ref, ReadOptions options,
                           Format format) {
  Row row;
  row.ref = ref;
  row.message = co_await fetch_one(session, ref, kItems);
  if (!row.message.envelope) row.message.envelope.emplace();
  Contents contents(session, ref, row.message.structure);
  crypt::Opened opened;
  if (options.decrypt) {
    opened = co_await contents.open();
    const std::string header = co_await contents.header();
    take_fields(header, *row.message.envelope);
  }
  const std::string text = co_await contents.text();
  const auto& from = row.message.envelope->from;
  if (format == Format::kText) {
    co_return print(seals_text(opened, from) +
                    render(*row.message.envelope, contents.reading(), text));
  }
  boost::json::object out = to_json(row, contents.reading(), text);
  if (options.decrypt) {
    for (const auto& seals : seals_json(opened, from)) out[seals.key()] = seals.value();
  }
  print(out);
}

asio::awaitable<void> show_raw(ImapSession& session, MessageRef ref) {
  mail::PieceWriter write = [](std::string_view piece) { print(piece); };
  co_await fetch_pieces(session, ref, "", std::move(write));
}

/// All fields, encoded words as they were sent, one a line.
asio::awaitable<void> show_headers(ImapSession& session, MessageRef ref, Format format) {
  const std::string header = co_await fetch_section(session, ref, "HEADER");
  boost::json::array fields;
  std::string text;
  mail::HeaderReader reader(header);
  while (const auto field = reader.next()) {
    const std::string name = mail::repair_utf8(field->name);
    const std::string value = mail::repair_utf8(mail::unfold(field->value));
    fields.push_back({{"name", name}, {"value", value}});
    text += printable(name) + ": " + printable(value) + "\n";
  }
  if (format == Format::kText) co_return print(text);
  print(boost::json::object{{"id", ref.full()}, {"fields", fields}});
}

asio::awaitable<void> show_links(ImapSession& session, MessageRef ref, Format format) {
  Contents contents = co_await fetch_contents(session, ref);
  const std::string text = co_await contents.text();
  boost::json::array links;
  for (const std::string& link : screen::links_in(text)) {
    links.push_back(boost::json::string(link));
    if (format == Format::kText) print(link + "\n");
  }
  if (format == Format::kJson) print(boost::json::object{{"id", ref.full()}, {"links", links}});
}

}  // namespace

asio::awaitable<ExitCode> read(CommonOptions common, ReadOptions options) {
  const MessageRef named = require_ref(options.id);
  const bool marks = !options.peek && !options.raw && !options.headers && !options.links;
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const MessageRef ref = co_await select_mailbox_of(
      session, named, marks ? imap::Access::kReadWrite : imap::Access::kReadOnly);
  if (options.raw) {
    co_await show_raw(session, ref);
  } else if (options.headers) {
    co_await show_headers(session, ref, common.format);
  } else if (options.links) {
    co_await show_links(session, ref, common.format);
  } else {
    co_await show(session, ref, options, common.format);
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

#include "mua/original.hpp"

#include <fmt/format.h>

#include <utility>

#include "mail/ascii.hpp"
#include "mua/draft.hpp"
#include "mua/message_text.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/safe_name.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

/// What of the message is here so far.
struct Fetching {
  Original original;
  imap::Fetched message;
  Reading reading;

  const std::string& subject() const { return message.envelope->subject; }
};

std::string forward_subject(const std::string& subject) {
  const bool marked = mail::same_ignoring_case(std::string_view(subject).substr(0, 4), "Fwd:");
  return marked ? subject : "Fwd: " + subject;
}

asio::awaitable<void> begin_answer(ImapSession& session, Fetching& f, mail::ReplyTo to) {
  const std::string header = co_await fetch_section(session, f.original.ref, "HEADER");
  const std::string text = co_await fetch_text(session, f.original.ref, f.reading);
  const auto self = mail::parse_address(session.account().address).value_or(mail::Address{});
  f.original.begun = mail::begin_reply(header, to, self);
  f.original.mark.system = mail::kAnswered;
  f.original.quoted =
      quote(text, address_list_text(f.message.envelope->from), f.message.envelope->date);
}

asio::awaitable<void> begin_forward(ImapSession& session, Fetching& f) {
  const std::string text = co_await fetch_text(session, f.original.ref, f.reading);
  f.original.quoted = forwarded(*f.message.envelope, text);
  for (const AttachedPart& attached : f.reading.attachments) {
    const std::string octets =
        co_await fetch_section(session, f.original.ref, attached.part->number);
    f.original.begun.attachments.push_back({attached.name,
                                            attached.part->type + "/" + attached.part->subtype,
                                            part_octets(*attached.part, octets)});
  }
}

asio::awaitable<void> begin_forward_whole(ImapSession& session, Fetching& f) {
  std::string octets = co_await fetch_section(session, f.original.ref, "");
  f.original.begun.attachments.push_back(
      {safe_name(f.subject(), "message") + ".eml", "message/rfc822", std::move(octets)});
}

}  // namespace

std::string forwarded(const imap::Envelope& envelope, const std::string& text) {
  return fmt::format(
      "---------- Forwarded message ----------\nFrom: {}\nDate: "
      "{}\nSubject: {}\nTo: {}\n\n{}",
      address_list_text(envelope.from), printable(envelope.date), printable(envelope.subject),
      address_list_text(envelope.to), text);
}

asio::awaitable<std::optional<Original>> fetch_original(Account account, std::string password,
                                                        SendOptions options) {
  const bool answers = !options.reply_to_message.empty();
  const std::string& id = answers ? options.reply_to_message : options.forward_message;
  if (id.empty()) co_return std::nullopt;
  Fetching f;
  f.original.ref = require_ref(id);
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const Selection selection =
      co_await select(session, f.original.ref.mailbox, imap::Access::kReadOnly);
  check_validity(selection, f.original.ref);
  f.original.ref.uid_validity = selection.uid_validity;
  f.message = co_await fetch_one(session, f.original.ref, "(UID ENVELOPE BODYSTRUCTURE)");
  if (!f.message.envelope) f.message.envelope.emplace();
  if (f.message.structure) f.reading = plan_reading(*f.message.structure);
  if (answers) {
    co_await begin_answer(session, f,
                          options.reply_all ? mail::ReplyTo::kAll : mail::ReplyTo::kSender);
  } else {
    f.original.begun.subject = forward_subject(f.subject());
    f.original.mark.keywords = {"$Forwarded"};
    if (options.whole) {
      co_await begin_forward_whole(session, f);
    } else {
      co_await begin_forward(session, f);
    }
  }
  co_await session.close();
  co_return std::move(f.original);
}

}  // namespace mua

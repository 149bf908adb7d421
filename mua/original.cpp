#include "mua/original.hpp"

#include <fmt/format.h>

#include <utility>

#include "mail/ascii.hpp"
#include "mua/contents.hpp"
#include "mua/draft.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/safe_name.hpp"
#include "mua/spool.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

/// What a new message is begun with.
struct Beginning {
  const SendOptions& options;
  const imap::Envelope& envelope;
  Contents& contents;
  Original& original;
};

std::string forward_subject(const std::string& subject) {
  const bool marked = mail::same_ignoring_case(std::string_view(subject).substr(0, 4), "Fwd:");
  return marked ? subject : "Fwd: " + subject;
}

/// The text to quote; what is encrypted is opened for it.
asio::awaitable<std::string> readable_text(Contents& contents, Original& original) {
  std::string text;
  if (!contents.is_wrapped()) text = co_await contents.text();
  if (!contents.is_wrapped() && !crypt::is_wrapped_text(text)) co_return text;
  const crypt::Opened opened = co_await contents.open();
  original.was_encrypted = !opened.encryptions.empty();
  text = co_await contents.text();
  co_return text;
}

asio::awaitable<void> begin_answer(Beginning b, std::string own_address) {
  const std::string header = co_await b.contents.header();
  const auto self = mail::parse_address(own_address).value_or(mail::Address{});
  const auto to = b.options.reply_all ? mail::ReplyTo::kAll : mail::ReplyTo::kSender;
  b.original.begun = mail::begin_reply(header, to, self);
  b.original.mark.system = mail::kAnswered;
  if (b.options.unquoted) co_return;
  const std::string text = co_await readable_text(b.contents, b.original);
  b.original.quoted = quote(text, address_list_text(b.envelope.from), b.envelope.date);
}

asio::awaitable<void> begin_forward(Beginning b) {
  const std::string text = co_await readable_text(b.contents, b.original);
  b.original.quoted = forwarded(b.envelope, text);
  for (const AttachedPart& attached : b.contents.reading().attachments) {
    mail::Attachment taken{attached.name, attached.part->type + "/" + attached.part->subtype, ""};
    if (b.original.was_encrypted) {
      taken.content = co_await b.contents.decoded(*attached.part);
    } else {
      Spool spool;
      co_await b.contents.decode_into(*attached.part, spool.writer());
      taken.open = spool.source().open;
    }
    b.original.begun.attachments.push_back(std::move(taken));
  }
}

asio::awaitable<void> begin_new(ImapSession& session, Beginning b) {
  if (!b.options.reply_to_message.empty()) {
    co_return co_await begin_answer(b, session.account().address);
  }
  mail::Draft& begun = b.original.begun;
  begun.subject = forward_subject(b.envelope.subject);
  b.original.mark.keywords = {"$Forwarded"};
  if (!b.options.whole) co_return co_await begin_forward(b);
  Spool spool;
  co_await fetch_pieces(session, b.original.ref, "", spool.writer());
  begun.attachments.push_back({safe_name(b.envelope.subject, "message") + ".eml", "message/rfc822",
                               "", spool.source().open});
}

}  // namespace

std::string forwarded(const imap::Envelope& envelope, const std::string& text) {
  return fmt::format(
      "---------- Forwarded message ----------\nFrom: {}\nDate: "
      "{}\nSubject: {}\nTo: {}\n\n{}",
      address_list_text(envelope.from), printable(envelope.date), printable(envelope.subject),
      address_list_text(envelope.to), text);
}

bool names_message(const SendOptions& options) {
  return !options.reply_to_message.empty() || !options.forward_message.empty();
}

asio::awaitable<std::optional<Original>> fetch_original(Account account, std::string password,
                                                        SendOptions options) {
  if (!names_message(options)) co_return std::nullopt;
  const MessageRef named = require_ref(options.reply_to_message.empty() ? options.forward_message
                                                                        : options.reply_to_message);
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  Original original;
  original.ref = co_await select_mailbox_of(session, named, imap::Access::kReadOnly);
  imap::Fetched message = co_await fetch_one(session, original.ref, "(UID ENVELOPE BODYSTRUCTURE)");
  const imap::Envelope envelope = message.envelope.value_or(imap::Envelope{});
  Contents contents(session, original.ref, std::move(message.structure));
  const Beginning beginning{options, envelope, contents, original};
  co_await begin_new(session, beginning);
  co_await session.close();
  co_return std::move(original);
}

}  // namespace mua

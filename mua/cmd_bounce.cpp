#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mua/commands.hpp"
#include "mua/contents.hpp"
#include "mua/draft.hpp"
#include "mua/local_letter.hpp"
#include "mua/password.hpp"
#include "mua/sender.hpp"
#include "mua/spool.hpp"

namespace mua {

namespace {

asio::awaitable<mail::PieceSource> fetch_octets(Account account, std::string password,
                                                std::string id) {
  const MessageRef named = require_ref(id);
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const MessageRef ref = co_await select_mailbox_of(session, named, mail::imap::Access::kReadOnly);
  Spool spool;
  co_await fetch_pieces(session, ref, "", spool.writer());
  co_await session.close();
  co_return spool.source();
}

/// It is told from the message it was by the id of its own.
Mailing resent(const mail::PieceSource& octets, std::vector<mail::NamedAddress> to,
               const screen::Writer& writer) {
  const std::string header = mail::read_header(octets);
  Mailing mailing;
  mailing.draft.from = sender_of(writer, "");
  mailing.draft.to = std::move(to);
  mailing.draft.subject = mail::decode_words(mail::field_value(header, "Subject"));
  mailing.draft.message_id = mail::make_message_id(mailing.draft.from.address.domain);
  mailing.content = mail::joined(
      screen::resent(header, mailing.draft.to, writer, local_now(), mailing.draft.message_id),
      octets, header.size());
  mailing.copy = Mailing::Copy::kNone;
  return mailing;
}

}  // namespace

asio::awaitable<ExitCode> bounce(CommonOptions common, BounceOptions options) {
  require_ref(options.id);
  const auto to = parse_recipients(options.to);
  const screen::Writer writer = screen::Writer{find_account(common), "", {}};
  const std::string password = password_of(writer.account);
  const mail::PieceSource octets = co_await fetch_octets(writer.account, password, options.id);
  Mailing mailing = resent(octets, to, writer);
  if (options.to_outbox) co_return queue(writer.account, mailing, std::nullopt, common.format);
  co_return co_await deliver(writer.account, password, std::move(mailing), common.format);
}

}  // namespace mua

#include "mua/deliver.hpp"

#include <utility>

#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mua/filed.hpp"
#include "mua/local_letter.hpp"
#include "mua/sent_report.hpp"
#include "mua/submit.hpp"
#include "mua/sync/outbox.hpp"

namespace mua {

namespace smtp = mail::smtp;

namespace {

smtp::OutgoingMessage outgoing(const mail::Draft& draft, const std::string& content) {
  smtp::OutgoingMessage message;
  message.sender = draft.from.address;
  for (const mail::Address& address : recipients(draft)) {
    message.recipients.push_back({address, "", ""});
  }
  message.content = content;
  message.smtputf8 =
      !mail::is_ascii(std::string_view(content).substr(0, mail::header_size(content)));
  return message;
}

/// What is to be done on the server once the message is sent.
asio::awaitable<void> file_copy(Account account, std::string password, const Mailing& mailing,
                                SentReport& report) {
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const mail::FlagSet seen{mail::kSeen, {}};
  report.copy = co_await file_message(session, Role::kSent, seen, mailing.content);
  if (mailing.mark) co_await mark_message(session, mailing.mark->ref, mailing.mark->flags);
  co_await session.close();
}

}  // namespace

asio::awaitable<ExitCode> deliver(Account account, std::string password, Mailing mailing,
                                  Format format) {
  const std::string content = sync::without_bcc(mailing.content);
  SentReport report;
  report.recipients = recipients(mailing.draft);
  report.message_id = mailing.draft.message_id;
  report.outcomes = co_await submit(account, password, outgoing(mailing.draft, content));
  if (report.accepted() > 0) {
    try {
      co_await file_copy(account, password, mailing, report);
    } catch (const std::exception& failure) {
      report.trouble = failure.what();
    }
    if (!report.copy) report.copy_waits = file_later(account, mailing);
  }
  co_return conclude(report, format);
}

}  // namespace mua

#include <optional>

#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mua/body.hpp"
#include "mua/commands.hpp"
#include "mua/draft.hpp"
#include "mua/filed.hpp"
#include "mua/original.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/sent_report.hpp"
#include "mua/submit.hpp"

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

/// Put into Drafts, not sent: it may still be without recipients.
asio::awaitable<ExitCode> keep(Account account, std::string password, mail::Draft draft,
                               Format format) {
  std::string content = compose(draft, mail::BccField::kKeep);
  const mail::FlagSet flags{static_cast<std::uint8_t>(mail::kDraft | mail::kSeen), {}};
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const MessageRef kept = co_await file_message(session, Role::kDrafts, flags, std::move(content));
  co_await session.close();
  const std::string place = kept.uid == 0 ? kept.mailbox : kept.brief();
  if (format == Format::kText) print("put into " + place + "\n");
  boost::json::object out{{"message_id", draft.message_id}, {"draft", nullptr}};
  if (kept.uid != 0) out["draft"] = kept.full();
  if (format == Format::kJson) print(out);
  co_return ExitCode::kOk;
}

/// What is to be done on the server once the message is sent.
asio::awaitable<MessageRef> file_copy(Account account, std::string password, std::string content,
                                      std::optional<Original> original) {
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const mail::FlagSet seen{mail::kSeen, {}};
  MessageRef copy = co_await file_message(session, Role::kSent, seen, std::move(content));
  if (original) co_await mark_message(session, original->ref, original->mark);
  co_await session.close();
  co_return copy;
}

}  // namespace

asio::awaitable<ExitCode> send(CommonOptions common, SendOptions options) {
  const Account account = find_account(common);
  // Wrong words are told before a password is asked for.
  parse_recipients(options.to);
  parse_recipients(options.cc);
  parse_recipients(options.bcc);
  const std::string password = password_of(account);
  std::optional<Original> original = co_await fetch_original(account, password, options);
  mail::Draft draft = make_draft(options, account, original ? original->begun : mail::Draft{});
  draft.text = read_body(options.body, original ? original->quoted : "");
  if (options.to_drafts) {
    co_return co_await keep(account, password, std::move(draft), common.format);
  }
  const std::string content = compose(draft, mail::BccField::kOmit);
  SentReport report;
  report.recipients = recipients(draft);
  report.message_id = draft.message_id;
  report.outcomes = co_await submit(account, password, outgoing(draft, content));
  if (report.accepted() > 0) {
    std::string copy = compose(draft, mail::BccField::kKeep);
    try {
      report.copy = co_await file_copy(account, password, std::move(copy), std::move(original));
    } catch (const std::exception& failure) {
      report.copy_error = failure.what();
    }
  }
  co_return conclude(report, common.format);
}

}  // namespace mua

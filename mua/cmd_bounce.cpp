#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mua/commands.hpp"
#include "mua/contents.hpp"
#include "mua/draft.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/screen/answer.hpp"
#include "mua/sent_report.hpp"
#include "mua/submit.hpp"

namespace mua {

namespace {

asio::awaitable<std::string> fetch_octets(Account account, std::string password, std::string id) {
  const MessageRef named = require_ref(id);
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const MessageRef ref = co_await select_mailbox_of(session, named, mail::imap::Access::kReadOnly);
  std::string octets = co_await fetch_section(session, ref, "");
  co_await session.close();
  co_return octets;
}

}  // namespace

asio::awaitable<ExitCode> bounce(CommonOptions common, BounceOptions options) {
  require_ref(options.id);
  const auto to = parse_recipients(options.to);
  screen::Writer writer;
  writer.account = find_account(common);
  const std::string password = password_of(writer.account);
  const std::string octets = co_await fetch_octets(writer.account, password, options.id);
  mail::smtp::OutgoingMessage message;
  message.sender = mail::parse_address(writer.account.address).value_or(mail::Address{});
  SentReport report;
  for (const mail::NamedAddress& one : to) {
    report.recipients.push_back(one.address);
    message.recipients.push_back({one.address, "", ""});
  }
  report.message_id = mail::make_message_id(message.sender.domain);
  const std::string content = screen::resent(octets, to, writer, local_now(), report.message_id);
  message.content = content;
  message.smtputf8 =
      !mail::is_ascii(std::string_view(content).substr(0, mail::header_size(content)));
  report.outcomes = co_await submit(writer.account, password, std::move(message));
  co_return conclude(report, common.format);
}

}  // namespace mua

#include <fmt/format.h>

#include <ctime>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/header.hpp"
#include "mua/body.hpp"
#include "mua/commands.hpp"
#include "mua/draft.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/message_text.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"
#include "mua/submit.hpp"

namespace mua {

namespace imap = mail::imap;
namespace smtp = mail::smtp;

namespace {

/// The message that is answered, as far as the answer needs it.
struct Original {
  MessageRef ref;
  mail::Draft begun;
  std::string quoted;
};

asio::awaitable<Original> fetch_original(Account account, std::string password,
                                         SendOptions options) {
  Original original;
  original.ref = require_ref(options.reply_to_message);
  ImapSession session(account, std::move(password));
  co_await session.open();
  const Selection selection =
      co_await select(session, original.ref.mailbox, imap::Access::kReadOnly);
  check_validity(selection, original.ref);
  original.ref.uid_validity = selection.uid_validity;
  const imap::Fetched message =
      co_await fetch_one(session, original.ref, "(UID ENVELOPE BODYSTRUCTURE)");
  const std::string header = co_await fetch_section(session, original.ref, "HEADER");
  Reading reading;
  if (message.structure) reading = plan_reading(*message.structure);
  const std::string text = co_await fetch_text(session, original.ref, reading);
  co_await session.close();
  const auto self = mail::parse_address(account.address).value_or(mail::Address{});
  original.begun = mail::begin_reply(
      header, options.reply_all ? mail::ReplyTo::kAll : mail::ReplyTo::kSender, self);
  const imap::Envelope envelope = message.envelope.value_or(imap::Envelope{});
  original.quoted = quote(text, address_list_text(envelope.from), envelope.date);
  co_return original;
}

/// The copy in Sent and the mark on the message that was answered.
struct Filed {
  MessageRef copy;  ///< uid 0 when the server did not say
};

asio::awaitable<Filed> file_copy(Account account, std::string password, std::string content,
                                 std::optional<MessageRef> answered) {
  ImapSession session(account, std::move(password));
  co_await session.open();
  Filed filed;
  filed.copy.mailbox = co_await require_role(session, Role::kSent);
  const mail::FlagSet seen{mail::kSeen, {}};
  imap::Request append = imap::append(filed.copy.mailbox, seen, content);
  const Answer answer =
      co_await session.must(std::move(append), "cannot keep a copy in " + filed.copy.mailbox);
  const auto uid = imap::parse_nodes(answer.code("APPENDUID"));
  if (uid && uid->size() == 2) {
    filed.copy.uid_validity = (*uid)[0].nz_number().value_or(0);
    filed.copy.uid = (*uid)[1].nz_number().value_or(0);
  }
  if (answered) {
    co_await select(session, answered->mailbox, imap::Access::kReadWrite);
    const mail::FlagSet flag{mail::kAnswered, {}};
    imap::Request store =
        imap::uid_store(mail::SequenceSet::of({answered->uid}), imap::FlagChange::kAdd, flag);
    co_await session.run(std::move(store));
  }
  co_await session.close();
  co_return filed;
}

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

/// What became of it, for people and scripts.
struct Report {
  std::vector<mail::Address> recipients;
  std::vector<smtp::RecipientOutcome> outcomes;
  std::string message_id;
  std::optional<Filed> filed;
  std::string copy_error;

  std::size_t accepted() const {
    std::size_t count = 0;
    for (const auto& outcome : outcomes) count += outcome.reply.positive() ? 1 : 0;
    return count;
  }
};

void print_json(const Report& report) {
  boost::json::array to;
  for (std::size_t i = 0; i < report.recipients.size(); ++i) {
    to.push_back({{"address", report.recipients[i].to_string()},
                  {"accepted", report.outcomes[i].reply.positive()},
                  {"reply", to_line(report.outcomes[i].reply)}});
  }
  boost::json::object out{{"message_id", report.message_id}, {"recipients", to}};
  out["sent_copy"] = nullptr;
  if (report.filed) {
    out["sent_copy"] = boost::json::object{{"mailbox", report.filed->copy.mailbox}};
    if (report.filed->copy.uid != 0) {
      out["sent_copy"].as_object()["id"] = report.filed->copy.full();
    }
  }
  if (!report.copy_error.empty()) out["sent_copy_error"] = report.copy_error;
  print(out);
}

ExitCode conclude(const Report& report, Format format) {
  if (format == Format::kJson) print_json(report);
  std::string refused;
  for (std::size_t i = 0; i < report.recipients.size(); ++i) {
    if (report.outcomes[i].reply.positive()) continue;
    refused += fmt::format("\n  {}: {}", printable(report.recipients[i].to_string()),
                           to_line(report.outcomes[i].reply));
  }
  if (report.accepted() == 0) {
    throw Failure(ExitCode::kRefused, "the message was not taken:" + refused);
  }
  if (!refused.empty()) {
    throw Failure(ExitCode::kPartly, "the message was sent, but not to all:" + refused);
  }
  if (!report.copy_error.empty()) {
    throw Failure(ExitCode::kPartly,
                  "the message was sent, but no copy of it could be kept: " + report.copy_error);
  }
  if (format == Format::kText) {
    print(fmt::format(
        "sent to {}; copy in {}\n",
        report.accepted() == 1 ? report.recipients.front().to_string()
                               : fmt::format("{} recipients", report.accepted()),
        report.filed->copy.uid == 0 ? report.filed->copy.mailbox : report.filed->copy.brief()));
  }
  return ExitCode::kOk;
}

}  // namespace

asio::awaitable<ExitCode> send(CommonOptions common, SendOptions options) {
  const Account account = find_account(common);
  // Wrong words are told before a password is asked for.
  parse_recipients(options.to);
  parse_recipients(options.cc);
  parse_recipients(options.bcc);
  const std::string password = password_of(account);
  std::optional<Original> original;
  if (!options.reply_to_message.empty()) {
    original = co_await fetch_original(account, password, options);
  }
  mail::Draft draft = make_draft(options, account, original ? original->begun : mail::Draft{});
  draft.text = read_body(options.body, original ? original->quoted : "");
  const std::string content = compose(draft, mail::BccField::kOmit);

  Report report;
  report.recipients = recipients(draft);
  report.message_id = draft.message_id;
  report.outcomes = co_await submit(account, password, outgoing(draft, content));
  if (report.accepted() > 0) {
    std::optional<MessageRef> answered;
    if (original) answered = original->ref;
    std::string copy = compose(draft, mail::BccField::kKeep);
    try {
      report.filed = co_await file_copy(account, password, std::move(copy), answered);
    } catch (const std::exception& failure) {
      report.copy_error = failure.what();
    }
  }
  co_return conclude(report, common.format);
}

}  // namespace mua

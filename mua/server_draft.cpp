#include "mua/server_draft.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mail/ascii.hpp"
#include "mail/encoded_word.hpp"
#include "mail/field_writer.hpp"
#include "mail/header.hpp"
#include "mua/contents.hpp"
#include "mua/deliver.hpp"
#include "mua/draft.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/sender.hpp"
#include "mua/spool.hpp"
#include "mua/sync/sync_words.hpp"
#include "mua/transfer.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

const mail::FlagSet kPending{0, {"$SubmitPending"}};

struct ServerDraft {
  MessageRef ref;
  bool pending = false;        ///< somebody began to send it
  bool in_sent = false;        ///< and it went
  mail::PieceSource octets{};  ///< as it lies there
};

bool has_keyword(const mail::FlagSet& flags, std::string_view keyword) {
  return std::any_of(flags.keywords.begin(), flags.keywords.end(), [&](const std::string& one) {
    return mail::same_ignoring_case(one, keyword);
  });
}

asio::awaitable<bool> is_in_sent(ImapSession& session, std::string message_id) {
  if (message_id.empty()) co_return false;
  std::string sent = co_await require_role(session, Role::kSent);
  co_await select(session, std::move(sent), imap::Access::kReadOnly);
  imap::Request request = sync::search_message_id(message_id);
  const Answer answer = co_await session.must(std::move(request), "cannot search Sent");
  for (const imap::Data& data : answer.data) {
    const auto found = imap::read_search(data, 1);
    if (found && !found->empty()) co_return true;
  }
  co_return false;
}

asio::awaitable<void> set_pending(ImapSession& session, MessageRef ref, imap::FlagChange change) {
  imap::Request store = imap::uid_store(mail::SequenceSet::of({ref.uid}), change, kPending);
  co_await session.run(std::move(store));
}

/// Fetched, and marked unless it is to stay as it is.
asio::awaitable<ServerDraft> take_up(Account account, std::string password, MessageRef named,
                                     Resending resending) {
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  ServerDraft draft;
  draft.ref = co_await select_mailbox_of(session, named, imap::Access::kReadWrite);
  const imap::Fetched message = co_await fetch_one(session, draft.ref, "(UID FLAGS)");
  draft.pending = has_keyword(message.flags.value_or(mail::FlagSet{}), kPending.keywords.front());
  Spool spool;
  co_await fetch_pieces(session, draft.ref, "", spool.writer());
  draft.octets = spool.source();
  if (!draft.pending) {
    co_await set_pending(session, draft.ref, imap::FlagChange::kAdd);
  } else if (resending == Resending::kNever) {
    const std::string header = mail::read_header(draft.octets);
    draft.in_sent = co_await is_in_sent(session, mail::field_value(header, "Message-ID"));
  }
  co_await session.close();
  co_return draft;
}

/// It went, or it did not and may be sent another time.
asio::awaitable<void> conclude_draft(Account account, std::string password, MessageRef ref,
                                     bool went) {
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  co_await select_mailbox_of(session, ref, imap::Access::kReadWrite);
  if (went) {
    std::vector<std::uint32_t> uids{ref.uid};
    co_await expunge_messages(session, std::move(uids));
  } else {
    co_await set_pending(session, ref, imap::FlagChange::kRemove);
  }
  co_await session.close();
}

std::vector<mail::NamedAddress> addresses_in(std::string_view header, std::string_view field) {
  std::vector<mail::NamedAddress> all;
  for (const mail::HeaderField& one : mail::find_fields(header, field)) {
    for (mail::NamedAddress& address : mail::parse_address_list(mail::unfold(one.value))) {
      all.push_back(std::move(address));
    }
  }
  return all;
}

mail::Draft draft_from(std::string_view header, const screen::Writer& writer) {
  mail::Draft draft;
  const auto from = addresses_in(header, "From");
  draft.from = sender_of(writer, from.empty() ? "" : from.front().address.to_string());
  draft.to = addresses_in(header, "To");
  draft.cc = addresses_in(header, "Cc");
  draft.bcc = addresses_in(header, "Bcc");
  draft.subject = mail::decode_words(mail::field_value(header, "Subject"));
  draft.message_id = mail::field_value(header, "Message-ID");
  if (draft.message_id.empty()) {
    draft.message_id = mail::make_message_id(draft.from.address.domain);
  }
  draft.date = local_now();
  if (recipients(draft).empty()) {
    throw Failure(ExitCode::kFailed, "the draft goes to nobody yet",
                  "Go on with it on the full screen, with e in its folder.");
  }
  return draft;
}

Failure may_have_been_sent(const MessageRef& ref) {
  return Failure(
      ExitCode::kFailed,
      fmt::format("{} may have been sent: it was begun, and is not in Sent", ref.brief()),
      fmt::format("mua drafts send {} --again sends it again, under the same "
                  "Message-ID, by which many servers know it.",
                  ref.brief()));
}

void report_earlier(const MessageRef& ref, const std::string& message_id, Format format) {
  if (format == Format::kText)
    return print(ref.brief() + " was sent before; its copy is in Sent\n");
  print(boost::json::object{{"message_id", message_id}, {"sent_before", true}});
}

/// Nobody knows whether it went.
bool is_unknown(const SentReport& report) {
  return std::any_of(report.outcomes.begin(), report.outcomes.end(),
                     [](const auto& outcome) { return outcome.unknown; });
}

/// From what was taken up to what is handed in. What can't be sent bears no mark.
asio::awaitable<SentReport> hand_in_draft(screen::Writer writer, std::string password,
                                          ServerDraft draft) {
  std::optional<Failure> failure;
  SentReport report;
  try {
    const std::string header = mail::read_header(draft.octets);
    Mailing mailing;
    mailing.draft = draft_from(header, writer);
    mailing.content =
        mail::joined(dated_header(header, mailing.draft), draft.octets, header.size());
    report = co_await hand_in(writer.account, password, std::move(mailing));
  } catch (const Failure& thrown) {
    failure = thrown;
  }
  const bool kept = report.copy || report.copy_waits;
  if (!failure && is_unknown(report) && report.accepted() == 0) co_return report;
  if (failure || report.accepted() == 0 || kept) {
    co_await conclude_draft(writer.account, password, draft.ref, kept);
  }
  if (failure) throw *failure;
  co_return report;
}

}  // namespace

std::string dated_header(std::string_view header, const mail::Draft& draft) {
  std::string out = "Date: " + mail::render_date(draft.date) + "\r\n";
  if (!mail::find_field(header, "from")) mail::append_address_field(out, "From", {draft.from});
  if (!mail::find_field(header, "message-id")) {
    mail::append_id_field(out, "Message-ID", {draft.message_id});
  }
  mail::HeaderReader fields(header);
  while (const auto field = fields.next()) {
    if (!field->is("date")) out += field->whole;
  }
  return out + "\r\n";
}

asio::awaitable<ExitCode> send_server_draft(screen::Writer writer, MessageRef named,
                                            Resending resending, Format format) {
  const std::string password = password_of(writer.account);
  ServerDraft draft = co_await take_up(writer.account, password, named, resending);
  const MessageRef ref = draft.ref;
  if (draft.in_sent) {
    const std::string id = mail::field_value(mail::read_header(draft.octets), "Message-ID");
    co_await conclude_draft(writer.account, password, ref, true);
    report_earlier(ref, id, format);
    co_return ExitCode::kOk;
  }
  if (draft.pending && resending == Resending::kNever) throw may_have_been_sent(ref);
  const SentReport report = co_await hand_in_draft(writer, password, std::move(draft));
  co_return conclude(report, format);
}

}  // namespace mua

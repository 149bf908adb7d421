#include "mua/sync/outbox.hpp"

#include <algorithm>
#include <utility>

#include "mail/header.hpp"
#include "mua/submit.hpp"

namespace mua::sync {

namespace smtp = mail::smtp;
using State = EntryState;

namespace {

constexpr std::int64_t kFirstRetry = 15'000, kLastRetry = 15 * 60'000;  // milliseconds

smtp::OutgoingMessage outgoing(const Entry& entry, const mail::PieceSource& content) {
  std::vector<mail::Address> recipients;
  for (const std::string& recipient : entry.recipients) {
    recipients.push_back(mail::parse_address(recipient).value_or(mail::Address{}));
  }
  return in_envelope(mail::parse_address(entry.sender).value_or(mail::Address{}), recipients,
                     without_bcc(content));
}

/// What the outcomes come to.
struct EntryVerdict {
  std::vector<std::string> refused;  ///< for good
  std::vector<std::string> later;
  bool accepted = false, unknown = false;
  std::string said;
};

EntryVerdict verdict_of(const Entry& entry, const std::vector<smtp::RecipientOutcome>& outcomes) {
  EntryVerdict verdict;
  for (std::size_t i = 0; i < entry.recipients.size() && i < outcomes.size(); ++i) {
    const smtp::RecipientOutcome& outcome = outcomes[i];
    const std::string& recipient = entry.recipients[i];
    if (outcome.reply.positive()) {
      verdict.accepted = true;
      continue;
    }
    if (outcome.unknown) verdict.unknown = true;
    (outcome.reply.code >= 500 ? verdict.refused : verdict.later).push_back(recipient);
    if (!verdict.said.empty()) verdict.said += "; ";
    verdict.said += recipient + ": " + to_line(outcome.reply);
  }
  return verdict;
}

constexpr const char* kCorrect = "Correct the address or the message and send it again.";

}  // namespace

Outbox::Outbox(Account account, std::function<std::string()> password, LocalStore& store,
               Events& events, std::function<std::int64_t()> now)
    : account_(std::move(account)),
      password_(std::move(password)),
      store_(store),
      events_(events),
      now_(std::move(now)) {}

asio::awaitable<bool> Outbox::send_next() {
  auto entry = journal_.next_to_send(now_());
  if (!entry) co_return false;
  if (!journal_.begin(entry->id)) co_return true;
  ++entry->tries;
  events_.put(JournalChanged{entry->id});
  const Entry kept = *entry;
  co_await send(std::move(*entry));
  events_.put(JournalChanged{kept.id});
  co_return true;
}

asio::awaitable<void> Outbox::send(Entry entry) {
  std::optional<Failure> failure;
  std::vector<smtp::RecipientOutcome> outcomes;
  try {
    smtp::OutgoingMessage message = outgoing(entry, journal_.octets(entry));
    SubmitWatch watch;
    watch.content_begins = [this, id = entry.id] { journal_.move(id, State::kHanding); };
    watch.octets_sent = [this, id = entry.id, total = message.pieces.size](std::uint64_t octets) {
      events_.put(
          Progress{Progress::What::kSend, id, std::min<std::uint64_t>(octets, total), total});
    };
    std::string password = password_();
    outcomes = co_await submit(account_, std::move(password), std::move(message), std::move(watch));
  } catch (const Failure& thrown) {
    failure = thrown;
  }
  if (failure) {
    met(entry, *failure);
  } else {
    conclude(entry, outcomes);
  }
}

/// No session at all: nothing of it was sent.
void Outbox::met(const Entry& entry, const Failure& failure) {
  const auto state = journal_.find(entry.id)->state;
  if (state == State::kHanding) return journal_.move(entry.id, State::kAsking);
  if (failure.code == ExitCode::kLogin) {
    return journal_.fail(entry.id, failure.what(), failure.advice);
  }
  journal_.postpone(entry.id, next_try(entry), failure.what());
}

void Outbox::conclude(const Entry& entry, const std::vector<smtp::RecipientOutcome>& outcomes) {
  const EntryVerdict verdict = verdict_of(entry, outcomes);
  const bool handed = journal_.find(entry.id)->state == State::kHanding;
  if (verdict.accepted) {
    std::vector<std::string> rest = verdict.refused;
    rest.insert(rest.end(), verdict.later.begin(), verdict.later.end());
    if (rest.empty()) {
      journal_.move(entry.id, State::kSent);
    } else {
      journal_.split(entry.id, rest, verdict.said, kCorrect);
    }
  } else if (verdict.unknown && handed) {
    journal_.move(entry.id, State::kAsking);
  } else if (!verdict.refused.empty()) {
    journal_.fail(entry.id, verdict.said, kCorrect);
  } else {
    journal_.postpone(entry.id, next_try(entry), verdict.said);
  }
}

/// 15 s, 30 s, a minute, up to a quarter of an hour.
std::int64_t Outbox::next_try(const Entry& entry) const {
  const unsigned doublings = std::min(entry.tries > 0 ? entry.tries - 1 : 0u, 10u);
  return now_() + std::min(kLastRetry, kFirstRetry << doublings);
}

mail::PieceSource without_bcc(const mail::PieceSource& message) {
  const std::string header = mail::read_header(message);
  std::string kept;
  mail::HeaderReader fields(header);
  while (const auto field = fields.next()) {
    if (!field->is("bcc")) kept += field->whole;
  }
  // The empty line is no field.
  if (header.ends_with("\r\n")) kept += "\r\n";
  return mail::joined(std::move(kept), message, header.size());
}

}  // namespace mua::sync

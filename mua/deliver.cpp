#include "mua/deliver.hpp"

#include <fmt/format.h>

#include <utility>

#include "mua/filed.hpp"
#include "mua/local_letter.hpp"
#include "mua/progress.hpp"
#include "mua/seals.hpp"
#include "mua/spool.hpp"
#include "mua/submit.hpp"
#include "mua/sync/outbox.hpp"

namespace mua {

namespace {

// What takes long enough for somebody to wonder.
constexpr std::uint64_t kShown = 1 << 20;

asio::awaitable<std::vector<mail::smtp::RecipientOutcome>> submit_shown(
    Account account, std::string password, mail::smtp::OutgoingMessage message) {
  Progress progress;
  SubmitWatch watch;
  const std::uint64_t total = message.pieces.size;
  if (total > kShown) {
    watch.octets_sent = [&progress, total](std::uint64_t octets) {
      progress.show(
          fmt::format("sent {} of {}", octets_text(std::min(octets, total)), octets_text(total)));
    };
  }
  co_return co_await submit(std::move(account), std::move(password), std::move(message),
                            std::move(watch));
}

/// What is to be done on the server once the message is sent.
asio::awaitable<void> file_copy(Account account, std::string password, const Mailing& mailing,
                                SentReport& report) {
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const mail::FlagSet seen{mail::kSeen, {}};
  if (mailing.copy == Mailing::Copy::kIntoSent) {
    report.copy = co_await file_message(session, Role::kSent, seen, mailing.content);
  }
  if (mailing.mark) co_await mark_message(session, mailing.mark->ref, mailing.mark->flags);
  co_await session.close();
}

}  // namespace

mail::PieceSource compose_mail(mail::Draft draft, const crypt::SealWish& wish) {
  if (wish.sign) draft.form = mail::TextForm::kExact;
  if (wish.sign || wish.encrypt) {
    return mail::source_of(seal_message(compose(draft, mail::BccField::kKeep), wish));
  }
  Spool spool;
  compose(draft, mail::BccField::kKeep, spool.writer());
  return spool.source();
}

asio::awaitable<SentReport> hand_in(Account account, std::string password, Mailing mailing) {
  SentReport report;
  report.recipients = recipients(mailing.draft);
  report.message_id = mailing.draft.message_id;
  mail::smtp::OutgoingMessage message = in_envelope(mailing.draft.from.address, report.recipients,
                                                    sync::without_bcc(mailing.content));
  report.outcomes = co_await submit_shown(account, password, std::move(message));
  const bool wants_copy = mailing.copy == Mailing::Copy::kIntoSent;
  if (report.accepted() == 0 || (!wants_copy && !mailing.mark)) co_return report;
  try {
    co_await file_copy(account, password, mailing, report);
  } catch (const std::exception& failure) {
    report.trouble = failure.what();
  }
  if (wants_copy && !report.copy) report.copy_waits = file_later(account, mailing);
  co_return report;
}

asio::awaitable<ExitCode> deliver(Account account, std::string password, Mailing mailing,
                                  Format format) {
  const SentReport report =
      co_await hand_in(std::move(account), std::move(password), std::move(mailing));
  co_return conclude(report, format);
}

}  // namespace mua

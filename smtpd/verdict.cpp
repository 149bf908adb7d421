#include "smtpd/verdict.hpp"

#include <algorithm>

namespace smtpd {

namespace {

using mail::smtp::RecipientOutcome;
using mail::smtp::Stage;

// An essay of the other side's has to fit into the queue, the log and one line of a bounce.
std::string short_reply(const mail::smtp::Reply& reply) {
  constexpr std::size_t kLongest = 800;
  return to_line(reply).substr(0, kLongest);
}

Attempt::End end_of(const RecipientOutcome& outcome, const Said& said) {
  if (outcome.reply.positive()) return Attempt::End::kDelivered;
  if (outcome.reply.permanent() && !said.session_failed) return Attempt::End::kFailed;
  return Attempt::End::kDeferred;
}

bool others_may_decide(const RecipientOutcome& outcome, Attempt::End end) {
  if (end == Attempt::End::kFailed) return outcome.host_lacks;
  return end == Attempt::End::kDeferred && !outcome.unknown;
}

Health health_of(const RecipientOutcome& outcome, const Said& said) {
  if (said.session_failed) return Health::kUnreachable;
  if (outcome.reply.code == 421) return Health::kBroken;
  if (outcome.local && outcome.reply.transient()) return Health::kBroken;
  const bool asks_for_less = outcome.stage == Stage::kMail && outcome.reply.transient();
  return asks_for_less ? Health::kBusy : Health::kCarried;
}

}  // namespace

Verdict judge(const std::vector<Job>& jobs, const Said& said) {
  Verdict verdict;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const RecipientOutcome& outcome = said.outcomes.at(i);
    Attempt attempt;
    attempt.job = jobs[i];
    attempt.end = end_of(outcome, said);
    attempt.reply = short_reply(outcome.reply);
    attempt.remote = said.host;
    attempt.report_passed_on = said.has_dsn;
    attempt.last_hop = said.last_hop;
    attempt.tls = said.tls;
    attempt.unknown = outcome.unknown;
    const bool open = others_may_decide(outcome, attempt.end);
    (open ? verdict.undecided : verdict.decided).push_back(std::move(attempt));
    verdict.health = std::min(verdict.health, health_of(outcome, said));
  }
  return verdict;
}

}  // namespace smtpd

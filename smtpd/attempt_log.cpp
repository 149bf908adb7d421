#include "smtpd/attempt_log.hpp"

#include <fmt/format.h>

#include "conf/log.hpp"

namespace smtpd {

namespace {

using mailstore::Event;
using mailstore::Step;

std::string text_of(const mail::Address& address) {
  return address.is_null() ? "" : address.to_string();
}

Step step_of(const mailstore::QueuedMessage& message, Event event) {
  Step step;
  step.time = mailstore::step_time();
  step.queue = message.name;
  step.message_id = message.message_id;
  step.sender = text_of(message.sender);
  step.event = event;
  return step;
}

Event event_of(Attempt::End end) {
  switch (end) {
    case Attempt::End::kDelivered: return Event::kDelivered;
    case Attempt::End::kFailed: return Event::kFailed;
    case Attempt::End::kDeferred: break;
  }
  return Event::kDeferred;
}

Step step_of(const Attempt& attempt) {
  const mailstore::QueuedRecipient& recipient = *attempt.job.recipient;
  Step step = step_of(*attempt.job.message, event_of(attempt.end));
  step.recipient = recipient.address.to_string();
  if (recipient.original != step.recipient) step.original = recipient.original;
  step.host = attempt.remote;
  step.tls = attempt.tls;
  step.reply = attempt.reply;
  return step;
}

}  // namespace

void log_accepted(const Remember& remember, const mailstore::QueuedMessage& message,
                  const Arrival& arrival) {
  conf::log(conf::Level::kInfo, "accepted",
            {{"id", arrival.trace_id},
             {"queue", message.name},
             {"message_id", message.message_id},
             {"from", text_of(message.sender)},
             {"recipients", message.recipients.size()},
             {"octets", message.content.size()},
             {"client", arrival.client}});
  Step step = step_of(message, Event::kAccepted);
  step.host = arrival.client;
  step.tls = arrival.tls;
  remember(std::move(step));
}

void log_attempt(const Remember& remember, const Attempt& attempt) {
  const bool delivered = attempt.end == Attempt::End::kDelivered;
  Step step = step_of(attempt);
  conf::log(delivered ? conf::Level::kInfo : conf::Level::kWarning, describe(step.event),
            {{"queue", step.queue},
             {"to", step.recipient},
             {"host", step.host.empty() ? "local" : step.host},
             {"tls", step.tls.empty() ? "none" : step.tls},
             {"reply", step.reply}});
  // RFC 5321 §6.1: nobody is told of it; the administrator finds it here.
  if (attempt.end == Attempt::End::kFailed && attempt.job.message->sender.is_null()) {
    conf::log(conf::Level::kWarning, "double_bounce",
              {{"queue", step.queue}, {"to", step.recipient}, {"reply", step.reply}});
  }
  remember(std::move(step));
}

void log_report(const Remember& remember, const mailstore::QueuedMessage& about,
                const mailstore::QueuedMessage& report) {
  const std::string to = text_of(about.sender);
  conf::log(conf::Level::kInfo, "reported",
            {{"queue", about.name}, {"report", report.name}, {"to", to}});
  Step told = step_of(about, Event::kReported);
  told.reply = fmt::format("report {} to {}", report.name, to);
  remember(std::move(told));
  remember(step_of(report, Event::kAccepted));
}

}  // namespace smtpd

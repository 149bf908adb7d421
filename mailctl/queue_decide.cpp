// mailctl queue retry|hold|release|remove|flush
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ctime>

#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"
#include "mailctl/phrases.hpp"
#include "mailctl/removal_report.hpp"
#include "mailstore/expansion.hpp"
#include "mailstore/history.hpp"
#include "mailstore/queue_control.hpp"

namespace mailctl {
namespace {

using mailstore::Decision;
using mailstore::Event;
using mailstore::Step;
using Decided = mailstore::QueueControl::Decided;

struct Verb {
  Decision decision;
  const char* name;
  Event event;                 ///< in the history, and what is said
  bool asks_smtpd;             ///< to do something now
  bool of_everything = false;  ///< even of nothing, which is no failure then
};

constexpr Verb kRetry{Decision::kRetry, "retry", Event::kRetried, true};
constexpr Verb kFlush{Decision::kRetry, "flush", Event::kRetried, true, true};
constexpr Verb kHold{Decision::kHold, "hold", Event::kHeld, false};
constexpr Verb kRelease{Decision::kRelease, "release", Event::kReleased, true};
constexpr Verb kRemove{Decision::kRemove, "remove", Event::kRemoved, false};

void expect_selection(const QueueOptions& options, const Verb& verb) {
  const bool everything = options.names.empty() && is_everything(options.filter);
  if (everything == options.all) return;
  if (options.all)
    throw Failure(ExitCode::kUsage, "--all is for everything, without filters",
                  "leave --all out, or the filters");
  throw Failure(ExitCode::kUsage, fmt::format("queue {}: of what?", verb.name),
                "name messages, give filters, or say --all; `mailctl queue list` shows what waits");
}

/// Of messages that are named, the ones that are no longer there are said and passed over: a script
/// names many, and smtpd goes on meanwhile.
std::vector<mailstore::QueueId> named(const QueueOptions& options,
                                      const mailstore::QueueControl& queue) {
  std::vector<mailstore::QueueId> ids;
  std::vector<std::string> gone;
  for (const std::string& name : options.names) {
    const auto id = queue.find_id(name);
    if (!id || !queue.find(*id))
      gone.push_back(printable(name));
    else if (!std::ranges::count(ids, *id))
      ids.push_back(*id);
  }
  if (ids.empty() && !gone.empty()) throw not_in_queue(fmt::format("{}", fmt::join(gone, ", ")));
  for (const std::string& name : gone)
    fmt::print(stderr, "mailctl: {} is not in the queue\n", name);
  return ids;
}

Step step_of(const mailstore::QueuedMessage& message, Event event, std::int64_t time) {
  Step step;
  step.time = time;
  step.queue = message.name;
  step.message_id = message.message_id;
  step.sender = message.sender.is_null() ? "" : message.sender.to_string();
  step.event = event;
  return step;
}

std::vector<Step> steps_of(const Decided& decided, Event event, std::int64_t time) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < decided.messages.size(); ++i) {
    const auto& message = decided.messages[i];
    for (const auto& recipient : message.recipients) {
      steps.push_back(step_of(message, event, time));
      steps.back().recipient = recipient.address.to_string();
      if (recipient.original != steps.back().recipient) steps.back().original = recipient.original;
      steps.back().reply = "by the administrator";
    }
    if (!decided.reports[i]) continue;
    steps.push_back(step_of(message, Event::kReported, time));
    steps.back().reply =
        fmt::format("report {} to {}", decided.reports[i]->name, message.sender.to_string());
    steps.push_back(step_of(*decided.reports[i], Event::kAccepted, time));
  }
  return steps;
}

/// The queue has changed for good by now: a history that can't be written is told and no failure.
void remember(const conf::Settings& settings, const std::vector<Step>& steps) {
  try {
    mailstore::write_history(settings.data, steps);
  } catch (const mailstore::StoreError& error) {
    fmt::print(stderr, "mailctl: the history does not know of it: {}\n", error.what());
  }
}

std::size_t recipients_of(const Decided& decided) {
  std::size_t count = 0;
  for (const auto& message : decided.messages) count += message.recipients.size();
  return count;
}

std::size_t reports_of(const Decided& decided) {
  return static_cast<std::size_t>(std::ranges::count_if(
      decided.reports, [](const auto& report) { return report.has_value(); }));
}

std::string sentence_of(const Decided& decided, const Verb& verb) {
  if (decided.messages.empty()) return "nothing in the queue waits to be tried";
  std::string text = fmt::format("{} {} of {}", describe(verb.event),
                                 count_of(recipients_of(decided), "recipient"),
                                 count_of(decided.messages.size(), "message"));
  if (const std::size_t reports = reports_of(decided); reports > 0)
    text += fmt::format("; {} told", reports == 1 ? "the sender is" : "the senders are");
  if (!decided.heard && (verb.asks_smtpd || reports_of(decided) > 0))
    text += "\nsmtpd does not run: it goes on from there when it is started.";
  return text;
}

void tell(Format format, const Decided& decided, const Verb& verb) {
  boost::json::array moved;
  for (const auto& message : decided.messages)
    for (const auto& recipient : message.recipients)
      moved.push_back(boost::json::object{{"name", message.name},
                                          {"recipient", printable(recipient.address.to_string())}});
  const boost::json::object object{{"decision", verb.name},
                                   {"messages", decided.messages.size()},
                                   {"recipients", recipients_of(decided)},
                                   {"reports", reports_of(decided)},
                                   {"smtpd_told", decided.heard},
                                   {"moved", std::move(moved)}};
  print_outcome(format, object, sentence_of(decided, verb));
}

mailstore::QueueControl::Reporter reporter(const Options& options, std::int64_t now) {
  if (!options.queue.report) return {};
  const auto here = std::make_shared<Installation>(options);
  return [here, now](const mailstore::QueuedMessage& about) {
    auto report = removal_report(here->settings, about, now);
    if (!report) return report;
    report->recipients = mailstore::expand(about.sender, here->directory().resolve(about.sender));
    for (auto& recipient : report->recipients) recipient.next_attempt = now;
    if (report->recipients.empty()) report.reset();
    return report;
  };
}

void decide(const Options& options, const Verb& verb) {
  const auto settings = load_settings(options);
  const std::int64_t now = std::time(nullptr);
  mailstore::QueueControl queue(settings.data);
  mailstore::QueueFilter filter = options.queue.filter;
  filter.messages = named(options.queue, queue);
  const std::int64_t time = mailstore::step_time();  // before smtpd acts on it
  const Decided decided = queue.decide(verb.decision, filter, now, reporter(options, now));
  if (decided.messages.empty() && !verb.of_everything)
    throw Failure(ExitCode::kFailed, fmt::format("nothing in the queue to {}", verb.name),
                  "`mailctl queue list` shows what waits, and in which state");
  remember(settings, steps_of(decided, verb.event, time));
  tell(options.format, decided, verb);
}

void decide_selected(const Options& options, const Verb& verb) {
  expect_selection(options.queue, verb);
  decide(options, verb);
}

}  // namespace

void queue_retry(const Options& options) { decide_selected(options, kRetry); }
void queue_hold(const Options& options) { decide_selected(options, kHold); }
void queue_release(const Options& options) { decide_selected(options, kRelease); }
void queue_remove(const Options& options) { decide_selected(options, kRemove); }
void queue_flush(const Options& options) { decide(options, kFlush); }

}  // namespace mailctl

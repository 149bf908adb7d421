// mailctl status
#include <fmt/format.h>

#include <ctime>

#include "conf/value_error.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"
#include "mailctl/password.hpp"
#include "mailctl/phrases.hpp"
#include "mailctl/probe.hpp"
#include "mailstore/queue_control.hpp"
#include "tls/context.hpp"

namespace mailctl {
namespace {

struct Overview {
  std::size_t domains = 0, accounts = 0;
  mailstore::QueueCounts queue;
  std::int64_t certificate_end = 0;  ///< seconds since 1970
};

Overview overview_of(Installation& here) {
  return {.domains = here.directory().domains().size(),
          .accounts = here.directory().accounts().size(),
          .queue = mailstore::QueueControl(here.settings.data).count(),
          .certificate_end = conf::use_values(here.settings, [&here] {
            return tls::certificate_expiry(here.settings.tls.certificate);
          })};
}

std::string shown(const Answer& answer, bool asked) {
  const auto outcome = answer.problem.empty() ? "answers" : "does not answer: " + answer.problem;
  const auto address = answer.place();
  return asked ? fmt::format("\n{:<12} {:<22} {}", answer.name, address, outcome)
               : fmt::format("\n{:<12} {}", answer.name, address);
}

/// Negative from the moment it has expired.
std::int64_t days_until(std::int64_t end, std::int64_t now) {
  constexpr std::int64_t kDay = 24 * 3600;
  return end > now ? (end - now) / kDay : -1 - (now - end) / kDay;
}

std::string shown_certificate(std::int64_t end, std::int64_t now) {
  if (end <= now) return fmt::format("expired {}; put a new one in its place", from_now(end, now));
  return fmt::format("good for {}",
                     count_of(static_cast<std::size_t>(days_until(end, now)), "day"));
}

std::string shown_queue(const mailstore::QueueCounts& queue) {
  if (queue.messages == 0) return "empty";
  return fmt::format(
      "{}, the oldest {}: {} queued, {} deferred, {} held; mailctl queue list shows why",
      count_of(static_cast<std::size_t>(queue.messages), "message"),
      from_now(queue.oldest.value_or(0), std::time(nullptr)), queue.queued, queue.deferred,
      queue.held);
}

boost::json::object object_of(const mailstore::QueueCounts& queue) {
  boost::json::object object{{"messages", queue.messages},
                             {"queued", queue.queued},
                             {"deferred", queue.deferred},
                             {"held", queue.held},
                             {"oldest", nullptr}};
  if (queue.oldest) object["oldest"] = shown_time(*queue.oldest);
  return object;
}

boost::json::array listed(const std::vector<Answer>& answers, bool asked) {
  boost::json::array array;
  for (const auto& answer : answers) {
    boost::json::object object{{"name", answer.name}, {"address", answer.place()}};
    if (asked) object["answers"] = answer.problem.empty();
    if (!answer.problem.empty()) object["problem"] = answer.problem;
    array.push_back(std::move(object));
  }
  return array;
}

void report(const Options& options, Installation& here, const std::vector<Answer>& answers) {
  const auto overview = overview_of(here);
  const std::int64_t now = std::time(nullptr);
  const bool asked = options.status.probe;
  boost::json::object object{{"version", PABAL_VERSION},
                             {"settings", here.settings.file.string()},
                             {"data", here.settings.data.string()},
                             {"domain", here.settings.domain},
                             {"hostname", here.settings.hostname},
                             {"domains", overview.domains},
                             {"accounts", overview.accounts},
                             {"queue", object_of(overview.queue)},
                             {"certificate_days", days_until(overview.certificate_end, now)},
                             {"listeners", listed(answers, asked)}};
  auto text = fmt::format(
      "version      Pabal {}\nsettings     {}\ndata         {}\ndomain       {}{}\n"
      "hostname     {}\nusers        {}\nqueue        {}\ncertificate  {}",
      PABAL_VERSION, here.settings.file.string(), here.settings.data.string(), here.settings.domain,
      overview.domains > 1 ? fmt::format(" and {} more", overview.domains - 1) : "",
      here.settings.hostname, overview.accounts, shown_queue(overview.queue),
      shown_certificate(overview.certificate_end, now));
  for (const auto& answer : answers) text += shown(answer, asked);
  if (!asked) text += "\n\nmailctl status --probe asks each port whether it answers.";
  print_outcome(options.format, object, text);
}

}  // namespace

void status(const Options& options) {
  Installation here(options);
  if (!options.status.probe) return report(options, here, listeners_of(here.settings));
  std::optional<Login> login;
  if (!options.status.login.empty())
    login = Login{here.complete(options.status.login), password_from_stdin()};
  const auto answers = probe(here.settings, login, conf::seconds(options.status.wait_seconds));
  report(options, here, answers);
  for (const auto& answer : answers)
    if (!answer.problem.empty())
      throw Failure(
          ExitCode::kNotAnswering,
          fmt::format("{} on {} does not answer: {}", answer.name, answer.place(), answer.problem),
          "see that smtpd and imapd run with this settings file, and read their logs");
}

}  // namespace mailctl

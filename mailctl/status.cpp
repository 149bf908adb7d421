// mailctl status
#include <fmt/format.h>

#include <ctime>

#include "conf/endpoint.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"
#include "mailctl/password.hpp"
#include "mailctl/probe.hpp"
#include "mailstore/queue.hpp"
#include "tls/context.hpp"

namespace mailctl {
namespace {

struct Overview {
  std::size_t domains = 0, accounts = 0, queued = 0;
  std::int64_t certificate_days = 0;
};

Overview overview_of(Installation& here) {
  constexpr std::int64_t kDay = 24 * 3600;
  return {.domains = here.directory().domains().size(),
          .accounts = here.directory().accounts().size(),
          .queued = mailstore::list_queue(here.settings.data).size(),
          .certificate_days =
              (tls::certificate_expiry(here.settings.tls.certificate) - std::time(nullptr)) / kDay};
}

std::string shown(const Answer& answer, bool asked) {
  const auto outcome = answer.problem.empty() ? "answers" : answer.problem.c_str();
  return fmt::format("\n{:<12} {}{}{}", answer.name, conf::format_endpoint(answer.endpoint),
                     asked ? "  " : "", asked ? outcome : "");
}

boost::json::array listed(const std::vector<Answer>& answers, bool asked) {
  boost::json::array array;
  for (const auto& answer : answers) {
    boost::json::object object{{"name", answer.name},
                               {"address", conf::format_endpoint(answer.endpoint)}};
    if (asked) object["answers"] = answer.problem.empty();
    if (!answer.problem.empty()) object["problem"] = answer.problem;
    array.push_back(std::move(object));
  }
  return array;
}

void report(const Options& options, Installation& here, const std::vector<Answer>& answers) {
  const auto overview = overview_of(here);
  const bool asked = options.status.probe;
  boost::json::object object{{"settings", here.settings.file.string()},
                             {"data", here.settings.data.string()},
                             {"domain", here.settings.domain},
                             {"hostname", here.settings.hostname},
                             {"domains", overview.domains},
                             {"accounts", overview.accounts},
                             {"queued", overview.queued},
                             {"certificate_days", overview.certificate_days},
                             {"listeners", listed(answers, asked)}};
  auto text = fmt::format(
      "settings     {}\ndata         {}\ndomain       {}\nhostname     {}\naccounts     {}\n"
      "queued       {}\ncertificate  {} days left",
      here.settings.file.string(), here.settings.data.string(), here.settings.domain,
      here.settings.hostname, overview.accounts, overview.queued, overview.certificate_days);
  for (const auto& answer : answers) text += shown(answer, asked);
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
      throw Failure(ExitCode::kNotAnswering,
                    fmt::format("{} on {} does not answer: {}", answer.name,
                                conf::format_endpoint(answer.endpoint), answer.problem),
                    "see that smtpd and imapd run with this settings file, and read their logs");
}

}  // namespace mailctl

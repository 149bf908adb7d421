#include "mua/sent_report.hpp"

#include <fmt/format.h>

#include "mua/output.hpp"
#include "mua/printable.hpp"

namespace mua {

namespace {

void print_json(const SentReport& report) {
  boost::json::array to;
  for (std::size_t i = 0; i < report.recipients.size(); ++i) {
    to.push_back({{"address", report.recipients[i].to_string()},
                  {"accepted", report.outcomes[i].reply.positive()},
                  {"reply", to_line(report.outcomes[i].reply)}});
  }
  boost::json::object out{{"message_id", report.message_id}, {"recipients", to}};
  out["sent_copy"] = nullptr;
  if (report.copy) {
    out["sent_copy"] = boost::json::object{{"mailbox", report.copy->mailbox}};
    if (report.copy->uid != 0) {
      out["sent_copy"].as_object()["id"] = report.copy->full();
    }
  }
  if (!report.trouble.empty()) {
    out["sent_copy_error"] = report.trouble;
    out["sent_copy_waits"] = report.copy_waits;
  }
  print(out);
}

std::string place_of_copy(const SentReport& report) {
  if (!report.copy) return "";
  return "; copy in " + (report.copy->uid == 0 ? report.copy->mailbox : report.copy->brief());
}

}  // namespace

std::size_t SentReport::accepted() const {
  std::size_t count = 0;
  for (const auto& outcome : outcomes) count += outcome.reply.positive() ? 1 : 0;
  return count;
}

ExitCode conclude(const SentReport& report, Format format) {
  if (format == Format::kJson) print_json(report);
  std::string refused;
  for (std::size_t i = 0; i < report.recipients.size(); ++i) {
    if (report.outcomes[i].reply.positive()) continue;
    refused += fmt::format("\n  {}: {}", printable(report.recipients[i].to_string()),
                           to_line(report.outcomes[i].reply));
  }
  if (report.accepted() == 0) {
    throw Failure(ExitCode::kRefused, "the message was not taken:" + refused,
                  "Correct the addresses or the message and send it again.");
  }
  if (!refused.empty()) {
    throw Failure(ExitCode::kPartly, "the message was sent, but not to all:" + refused,
                  "Send it again to these alone, once their addresses are right.");
  }
  if (!report.trouble.empty()) {
    const char* what = report.copy ? "what it answers isn't marked" : "no copy of it could be kept";
    throw Failure(ExitCode::kPartly,
                  fmt::format("the message was sent, but {}: {}", what, report.trouble),
                  report.copy_waits ? "The copy waits here: mua sync puts it into Sent." : "");
  }
  if (format == Format::kText) {
    print(fmt::format("sent to {}{}\n",
                      report.accepted() == 1 ? report.recipients.front().to_string()
                                             : fmt::format("{} recipients", report.accepted()),
                      place_of_copy(report)));
  }
  return ExitCode::kOk;
}

}  // namespace mua

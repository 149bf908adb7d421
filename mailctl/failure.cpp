#include "mailctl/failure.hpp"

#include <fmt/format.h>

namespace mailctl {
namespace {

using Outcome = mailstore::Failure;

struct Advice {
  Outcome outcome;
  ExitCode code;
  const char* next;
};

constexpr Advice kAdvice[] = {
    {Outcome::kNoSuchDomain, ExitCode::kNotFound,
     "`mailctl domain list` shows the domains, `mailctl domain add DOMAIN` makes one"},
    {Outcome::kNoSuchAccount, ExitCode::kNotFound, "`mailctl user list` shows the accounts"},
    {Outcome::kNoSuchMailbox, ExitCode::kNotFound,
     "`mailctl mailbox list ADDRESS` shows an account's mailboxes"},
    {Outcome::kNoSuchAlias, ExitCode::kNotFound, "`mailctl alias list` shows the aliases"},
    {Outcome::kAlreadyExists, ExitCode::kAlreadyExists,
     "choose another name, or remove the one that is there first"},
    {Outcome::kInvalidName, ExitCode::kFailed,
     "write addresses as NAME@DOMAIN and domains as example.org"},
    {Outcome::kInUse, ExitCode::kFailed,
     "remove its accounts (`mailctl user list`) and aliases (`mailctl alias list`) first"},
    {Outcome::kBadPassword, ExitCode::kFailed,
     "choose one of 1 to 512 octets without control characters"},
    {Outcome::kLoop, ExitCode::kFailed,
     "`mailctl alias list` and `mailctl user show ADDRESS` tell where addresses lead; a copy in "
     "the user's own mailbox is --keep"},
    {Outcome::kTooDeep, ExitCode::kFailed,
     "lead straight to the last address of the chain; `mailctl alias list` shows it"},
};

}  // namespace

Failure not_in_queue(const std::string& name) {
  return {ExitCode::kNotFound, fmt::format("{} is not in the queue", name),
          "`mailctl queue list` shows what waits, `mailctl trace ID` tells where a message went"};
}

Failure store_failure(mailstore::Failure failure, const std::string& name) {
  const auto what = fmt::format("{}: {}", name, mailstore::describe(failure));
  for (const auto& advice : kAdvice)
    if (advice.outcome == failure) return {advice.code, what, advice.next};
  return {ExitCode::kFailed, what, "look at the daemons' logs and try again"};
}

}  // namespace mailctl

#include <fmt/format.h>

#include "mua/account.hpp"
#include "mua/commands.hpp"
#include "mua/output.hpp"
#include "mua/printable.hpp"

namespace mua {

namespace {

std::string line_of_account(const Account& account) {
  const Account submission = for_submission(account);
  return fmt::format(
      "{} {}  IMAP {} {}  SMTP {} {}\n", fit_to_width(printable(account.address), 28),
      fit_to_width(printable(account.name), 16), account.imap.to_string(),
      name_of(account.security), account.smtp.to_string(), name_of(submission.security));
}

boost::json::object json_of_account(const Account& account) {
  const Account submission = for_submission(account);
  return {{"address", account.address},
          {"name", account.name},
          {"user", account.user},
          {"imap", account.imap.to_string()},
          {"imap_security", name_of(account.security)},
          {"smtp", account.smtp.to_string()},
          {"smtp_security", name_of(submission.security)},
          {"settings", account.settings.string()}};
}

}  // namespace

asio::awaitable<ExitCode> accounts(CommonOptions common, AccountsOptions) {
  const std::vector<Account> all = all_accounts(common);
  print_list(all, common.format, line_of_account, json_of_account);
  if (!all.empty()) co_return ExitCode::kOk;
  throw Failure(ExitCode::kNotFound, "no account is set up",
                "mua you@example.test sets one up; mua setup --help is for scripts.");
}

}  // namespace mua

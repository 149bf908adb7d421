#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "conf/settings.hpp"
#include "mail/address.hpp"
#include "mua/commands.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/submit.hpp"

namespace mua {

namespace fs = std::filesystem;

namespace {

/// An endpoint a server listens on, as a client on the same machine names it.
Host host_of(const conf::Endpoint& endpoint) {
  const bool any = endpoint.host == "*" || endpoint.host == "0.0.0.0" || endpoint.host == "::";
  return {any ? "127.0.0.1" : endpoint.host, endpoint.port};
}

std::optional<conf::Settings> find_installation(const CommonOptions& common,
                                                const SetupOptions& options) {
  const bool complete = !options.imap.empty() && !options.smtp.empty();
  try {
    return conf::load_settings(conf::find_settings(common.config));
  } catch (const conf::SettingsError&) {
    if (!common.config.empty()) throw;
    if (complete) return std::nullopt;
    throw Failure(ExitCode::kUsage, "no mail server was named and no Pabal installation is here",
                  "Name the servers: --imap HOST:993 --smtp HOST:465");
  }
}

/// Which of an installation's ports: TLS where it has them, unless told otherwise.
void take_ports(const conf::Settings& settings, const SetupOptions& options, Account& account) {
  const bool tls =
      options.security.empty() ? !settings.imap.imaps.empty() : account.security == Security::kTls;
  if (options.security.empty() && !tls) account.security = Security::kStartTls;
  const auto& imap = tls ? settings.imap.imaps : settings.imap.listen;
  const auto& smtp = tls ? settings.smtp.submissions : settings.smtp.submission;
  if (imap.empty() || smtp.empty()) {
    throw Failure(ExitCode::kUsage,
                  fmt::format("{} has no ports for security {}", settings.file.string(),
                              name_of(account.security)),
                  "Name the servers: --imap HOST:PORT --smtp HOST:PORT");
  }
  account.imap = host_of(imap.front());
  account.smtp = host_of(smtp.front());
  account.ca = settings.tls.ca;
}

void guess_security(const SetupOptions& options, Account& account) {
  if (!options.security.empty() || options.imap.empty()) return;
  if (account.imap.port == 143) account.security = Security::kStartTls;
}

Account make_account(const CommonOptions& common, const SetupOptions& options) {
  const auto address = mail::parse_address(common.account);
  if (!address || address->is_null()) {
    throw Failure(ExitCode::kUsage, "setup needs --account with a mail address",
                  "mua setup --account you@example.test ...");
  }
  Account account;
  account.address = common.account;
  account.name = options.name;
  account.user = options.user.empty() ? common.account : options.user;
  if (!options.security.empty()) account.security = parse_security(options.security);
  if (options.imap.empty() || options.smtp.empty()) {
    const auto installation = find_installation(common, options);
    if (installation) take_ports(*installation, options, account);
  }
  if (!options.imap.empty()) account.imap = parse_host(options.imap);
  if (!options.smtp.empty()) account.smtp = parse_host(options.smtp);
  guess_security(options, account);
  if (!options.ca.empty()) account.ca = fs::absolute(options.ca);
  account.password_command = options.password_command;
  return account;
}

asio::awaitable<void> try_imap(Account account, std::string password) {
  ImapSession session(account, std::move(password));
  co_await session.open();
  const auto mailboxes = co_await list_mailboxes(session);
  co_await session.close();
  print(fmt::format("imap {}: {}, logged in as {}, {} mailboxes\n", account.imap.to_string(),
                    name_of(account.security), account.user, mailboxes.size()));
}

/// The password and whether it is kept in a file.
struct Given {
  std::string password;
  bool keep = false;
};

Given ask_password(const Account& account, const SetupOptions& options) {
  if (options.password_stdin) return {password_from_stdin(), true};
  if (!account.password_command.empty()) {
    return {password_from_command(account.password_command), false};
  }
  Given given{password_from_prompt("Password of " + account.user + ": "), false};
  given.keep = confirm("Keep it in a file that only you can read?");
  return given;
}

}  // namespace

asio::awaitable<ExitCode> setup(CommonOptions common, SetupOptions options) {
  CommonOptions places = common;
  Account account = make_account(common, options);
  const fs::path file = settings_files(places).front().path;
  const Given given = ask_password(account, options);
  co_await try_imap(account, given.password);
  co_await try_submission(account, given.password);
  print(
      fmt::format("smtp {}: {}, logged in\n", account.smtp.to_string(), name_of(account.security)));
  if (given.keep) {
    account.password_file =
        file.parent_path() / "mua-passwords" / fs::path(account.address).filename();
    keep_password(account.password_file, given.password);
  }
  write_account(file, account);
  print(fmt::format("wrote {}\n", file.string()));
  co_return ExitCode::kOk;
}

}  // namespace mua

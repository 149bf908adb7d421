#include "mua/welcome/first_run.hpp"

#include <fmt/format.h>

#include "mail/address.hpp"
#include "mua/keyring.hpp"
#include "mua/login_test.hpp"
#include "mua/password.hpp"

namespace mua::welcome {

namespace fs = std::filesystem;

namespace {

constexpr int kMostTries = 3;

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

[[noreturn]] void give_up(const std::string& address) {
  throw Failure(ExitCode::kUsage, "no account " + address + " was set up",
                "To write to that address: mua 'mailto:" + address +
                    "'. To set the account up by hand: mua setup --help");
}

bool agrees(const Dialog& dialog, const std::string& question) {
  const std::string answer = dialog.ask(question + " [y/n] ");
  return answer == "y" || answer == "Y" || answer == "yes";
}

/// Ports that tell by themselves how TLS begins; of others it begins at once (RFC 8314 §3).
Security security_at(std::uint16_t port) {
  return port == 143 || port == 587 || port == 25 ? Security::kStartTls : Security::kTls;
}

/// "mail.example.test" or with a port.
Service ask_service(const Dialog& dialog, const std::string& question, std::uint16_t usual) {
  for (;;) {
    std::string text = dialog.ask(question);
    if (text.empty()) continue;
    if (text.find(':') == std::string::npos) text += fmt::format(":{}", usual);
    try {
      const Host host = parse_host(text);
      return {host, security_at(host.port)};
    } catch (const Failure& failure) {
      dialog.say(failure.what());
    }
  }
}

Proposal ask_servers(const Dialog& dialog, const std::string& domain) {
  dialog.say("No settings were found for " + domain + ".");
  Proposal proposal;
  proposal.source = "you";
  proposal.imap = ask_service(dialog, "IMAP server, as mail." + domain + " or HOST:993: ", 993);
  proposal.smtp = ask_service(
      dialog, fmt::format("Submission server, as {} or HOST:465: ", proposal.imap.host.name), 465);
  return proposal;
}

void show(const Dialog& dialog, const Proposal& found) {
  dialog.say("Found by " + found.source + ":");
  for (const auto& [name, service] : {std::pair("IMAP", &found.imap), {"SMTP", &found.smtp}}) {
    dialog.say(
        fmt::format("  {}  {}  {}", name, service->host.to_string(), name_of(service->security)));
  }
}

Account account_of(const std::string& address, const Proposal& found) {
  Account account;
  account.address = address;
  account.user = found.user.empty() ? address : found.user;
  account.imap = found.imap.host;
  account.smtp = found.smtp.host;
  account.security = found.imap.security;
  if (found.smtp.security != found.imap.security) account.smtp_security = found.smtp.security;
  account.ca = found.ca;
  return account;
}

asio::awaitable<Proposal> find_servers(std::string address, const Surroundings& around) {
  const Dialog& dialog = around.dialog;
  const std::string domain = domain_of(address);
  Asked asked{address, around.installation, dialog.say};
  auto found = co_await around.discover(std::move(asked));
  if (!found) co_return ask_servers(dialog, domain);
  show(dialog, *found);
  // An autoconfig file came from the domain itself, by TLS; DNS may be anybody's.
  const std::string outside =
      found->source.starts_with("DNS") ? strangers(*found, domain) : std::string();
  if (outside.empty()) co_return std::move(*found);
  dialog.say(
      fmt::format("{} is not in {}. If your provider is there, all is well; if you never "
                  "heard of it, somebody may be after your password.",
                  outside, domain));
  if (agrees(dialog, "Give your password to it?")) co_return std::move(*found);
  co_return ask_servers(dialog, domain);
}

/// The password that both servers take; each step is shown.
asio::awaitable<std::string> log_in(Account& account, const Dialog& dialog) {
  for (int turn = 1;; ++turn) {
    std::string password = dialog.ask_hidden("Password of " + account.user + ": ");
    if (password.empty()) give_up(account.address);
    const auto told = [&dialog](const Tried& tried) {
      std::string text = text_of(tried);
      text.pop_back();
      dialog.say(text);
    };
    const auto all = co_await test_login(account, password, told);
    const Failure* failure = failure_of(all);
    if (!failure) co_return password;
    if (failure->code != ExitCode::kLogin || turn == kMostTries) throw Failure(*failure);
    const std::string user =
        dialog.ask(fmt::format("Login name, if it isn't {} (Enter: it is): ", account.user));
    if (!user.empty()) account.user = user;
  }
}

void keep_in_file(Account& account, const std::string& password) {
  account.password_file =
      account.settings.parent_path() / "mua-passwords" / fs::path(account.address).filename();
  keep_password(account.password_file, password);
}

/// A command whose first line is that password; empty when the person has none.
bool keep_by_command(Account& account, const std::string& password, const Dialog& dialog) {
  const std::string command = dialog.ask("Command that prints it, as: pass show mail: ");
  if (command.empty()) return false;
  try {
    if (password_from_command(command) == password) {
      account.password_command = command;
      return true;
    }
    dialog.say("It prints another password.");
  } catch (const Failure& failure) {
    dialog.say(failure.what());
  }
  return false;
}

bool keep_in_keyring(Account& account, const std::string& password, const Dialog& dialog) {
  const auto kept = Keyring::keep(account.address, password);
  if (!kept) dialog.say("The keyring didn't take it: " + kept.error());
  account.password_keyring = kept.has_value();
  return account.password_keyring;
}

}  // namespace

Surroundings surroundings_of(const CommonOptions& common) {
  Surroundings around{terminal_dialog(), std::nullopt, discover, Keyring::available};
  try {
    around.installation = conf::load_settings(conf::find_settings(common.config));
  } catch (const conf::SettingsError&) {
    if (!common.config.empty()) throw;
  }
  return around;
}

void keep_password_of(Account& account, const std::string& password, const Surroundings& around) {
  const bool keyring = around.has_keyring();
  const Dialog& dialog = around.dialog;
  const std::string question = fmt::format(
      "Where shall the password be kept?{}\n"
      "  c  a command of yours prints it (a password manager)\n"
      "  f  in a file that only you can read, in plain text\n"
      "  n  nowhere: ask for it at each start\n"
      "{}: ",
      keyring ? "\n  k  in the keyring of the desktop" : "",
      keyring ? "k, c, f or n" : "c, f or n");
  for (;;) {
    const std::string answer = dialog.ask(question);
    if (answer == "n") return;
    if (answer == "k" && keyring && keep_in_keyring(account, password, dialog)) return;
    if (answer == "c" && keep_by_command(account, password, dialog)) return;
    if (answer == "f") return keep_in_file(account, password);
  }
}

asio::awaitable<Account> first_run(CommonOptions common, std::string address, Surroundings around) {
  const auto parsed = mail::parse_address(address);
  if (!parsed || parsed->is_null()) {
    throw Failure(ExitCode::kUsage, address + " is no mail address",
                  "mua you@example.test sets an account up.");
  }
  const Dialog& dialog = around.dialog;
  if (!agrees(dialog, "No account " + address + " is set up here. Set it up now?"))
    give_up(address);
  const Proposal found = co_await find_servers(address, around);
  Account account = account_of(address, found);
  account.settings = settings_files(common).front().path;
  const std::string password = co_await log_in(account, dialog);
  account.name = dialog.ask("Your name, as others shall see it (Enter: none): ");
  keep_password_of(account, password, around);
  write_account(account.settings, account);
  dialog.say("Wrote " + account.settings.string());
  co_return account;
}

}  // namespace mua::welcome

#include "sendmail/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <iostream>

#include "conf/settings.hpp"
#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/header.hpp"
#include "sendmail/addresses.hpp"
#include "sendmail/exit_status.hpp"
#include "sendmail/message.hpp"
#include "sendmail/options.hpp"
#include "sendmail/session.hpp"
#include "sendmail/submit.hpp"
#include "sendmail/user.hpp"

namespace sendmail {
namespace {

constexpr const char* kUsageText =
    R"(Hands a message on stdin to smtpd, as programs expect of sendmail.

  sendmail [-t] [-i] [-f SENDER] [-F NAME] [-v] [-N EVENTS] [-R full|hdrs] [-V ID] RECIPIENT...
  sendmail -bs          SMTP on stdin and stdout
  sendmail -bp, mailq   the queue (mailctl queue list)
  sendmail -q           try the queue now (mailctl queue flush)

  -t        recipients are those of To, Cc and Bcc, and those named here
  -i, -oi   a line with a dot alone does not end the message
  -f, -r    the sender; "<>" is nobody. Others than your own are for root and the owner of the mail
  -C FILE   settings (else $PABAL_CONFIG, ./var/pabal.toml, /etc/pabal/pabal.toml)
  -N        whether to be told: never, or some of success,failure,delay

)";

/// mailctl, which stands beside this program, instead of it.
[[noreturn]] void become_mailctl(const Options& options, const char* verb) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string mailctl = (self.parent_path() / "mailctl").string();
  std::vector<const char*> words{mailctl.c_str(), "queue", verb};
  if (!options.config.empty()) words.insert(words.end(), {"--config", options.config.c_str()});
  words.push_back(nullptr);
  ::execv(mailctl.c_str(), const_cast<char* const*>(words.data()));
  throw Failure(EX_OSFILE, fmt::format("{}: {}", mailctl, std::strerror(errno)));
}

std::filesystem::path socket_of(const conf::Settings& settings) {
  if (settings.smtp.local.empty())
    throw Failure(EX_CONFIG, settings.file.string() +
                                 ": [smtp] local is \"\": smtpd takes no mail "
                                 "from programs on this machine");
  return conf::local_socket(settings);
}

template <class Value>
Value good(mail::Result<Value, std::string> read, int status) {
  if (!read) throw Failure(status, fmt::format("\"{}\" is no address", read.error()));
  return std::move(*read);
}

std::vector<mail::Address> recipients_of(const Options& options, const std::string& lines,
                                         const std::string& domain) {
  std::vector<mail::Address> recipients;
  for (const std::string& word : options.recipients)
    add_once(recipients, good(read_addresses(word, domain), EX_DATAERR));
  if (options.recipients_from == Options::Recipients::kHeaderToo)
    add_once(recipients, good(header_recipients(lines, domain), EX_DATAERR));
  if (!recipients.empty()) return recipients;
  throw Failure(EX_USAGE, options.recipients_from == Options::Recipients::kHeaderToo
                              ? "the header names no recipient in To, Cc or Bcc"
                              : "name a recipient, or say -t");
}

mail::NamedAddress author_of(const Options& options, const std::string& domain) {
  const User user = find_user(::geteuid());
  if (options.sender)
    return {options.full_name, good(read_sender(*options.sender, domain), EX_USAGE)};
  return {options.full_name.empty() ? user.full_name : options.full_name, {user.name, domain}};
}

int tell(const Options& options, const std::vector<mail::Address>& recipients,
         const std::vector<mail::smtp::RecipientOutcome>& outcomes) {
  int status = EX_OK;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const mail::smtp::Reply& reply = outcomes.at(i).reply;
    status = worse_of(status, exit_status_of(reply));
    const std::string line = recipients[i].to_string() + ": " + to_line(reply) + "\n";
    if (!reply.positive())
      fmt::print(stderr, "sendmail: {}", line);
    else if (options.words == Options::Words::kMany)
      fmt::print("{}", line);
  }
  return status;
}

int send(const Options& options, const conf::Settings& settings) {
  const std::filesystem::path socket = socket_of(settings);
  mail::NamedAddress author = author_of(options, settings.domain);
  mail::smtp::OutgoingMessage message;
  message.sender = author.address;
  if (author.address.is_null()) author.address = {"postmaster", settings.domain};
  const std::string lines = read_lines(std::cin, options.dot);
  const auto recipients = recipients_of(options, lines, settings.domain);
  const std::string content = complete(lines, author, settings.domain);
  const std::string_view header(content.data(), mail::header_size(content));
  message.content = content;
  message.smtputf8 = !mail::is_ascii(header) && mail::is_utf8(header);
  message.ret = options.ret;
  message.envid = options.envid;
  for (const mail::Address& recipient : recipients)
    message.recipients.push_back({recipient, options.notify, ""});
  return tell(options, recipients, submit(socket, settings.hostname, message));
}

int converse(const conf::Settings& settings) {
  try {
    LocalConnection connection(socket_of(settings));
    return pass_on(connection, STDIN_FILENO, STDOUT_FILENO);
  } catch (const Failure& failure) {
    // Who speaks SMTP waits for a greeting.
    fmt::print("421 4.3.2 {} takes no mail now\r\n", settings.hostname);
    throw;
  }
}

int perform(const Options& options) {
  using enum Options::Task;
  switch (options.task) {
    case kQueue: become_mailctl(options, "list");
    case kFlush: become_mailctl(options, "flush");
    case kAliases: return EX_OK;
    case kVersion: fmt::print("sendmail (Pabal) {}\n", PABAL_VERSION); return EX_OK;
    case kHelp: fmt::print("{}{}", kUsageText, kExitStatus); return EX_OK;
    case kSession:
    case kSend: break;
  }
  const conf::Settings settings = conf::load_settings(conf::find_settings(options.config));
  return options.task == kSession ? converse(settings) : send(options, settings);
}

}  // namespace

int run(int argc, const char* const* argv) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto options = parse_options(argc > 0 ? argv[0] : "", {argv + (argc > 0), argv + argc});
  int status = EX_USAGE;
  std::string trouble;
  try {
    if (options) return perform(*options);
    trouble = options.error();
  } catch (const Failure& failure) {
    status = failure.status;
    trouble = failure.what();
  } catch (const conf::SettingsError& error) {
    status = EX_CONFIG;
    trouble = error.what();
  } catch (const std::exception& error) {
    status = EX_SOFTWARE;
    trouble = error.what();
  }
  fmt::print(stderr, "sendmail: {}\n", trouble);
  return status;
}

}  // namespace sendmail

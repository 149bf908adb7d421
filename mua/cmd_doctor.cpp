#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <optional>

#include "mua/commands.hpp"
#include "mua/connection.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/selection.hpp"
#include "mua/submit.hpp"

namespace mua {

namespace imap = mail::imap;
using Clock = std::chrono::steady_clock;

namespace {

/// A step that was tried, and what came of it.
struct Tried {
  std::string step, found;
  long milliseconds = 0;
  std::optional<Failure> failure;
};

/// The steps of one account, in the order in which a session takes them; what a step needs of the
/// ones before is here.
struct Examination {
  Account account;
  std::string password;
  std::vector<Tried> tried;

  bool failed() const { return !tried.empty() && tried.back().failure.has_value(); }
};

using Step = std::function<asio::awaitable<std::string>(const Examination&)>;

asio::awaitable<void> take(Examination& all, std::string name, Step step) {
  Tried tried;
  tried.step = std::move(name);
  const auto begin = Clock::now();
  try {
    tried.found = co_await step(all);
  } catch (const Failure& failure) {
    tried.failure = failure;
  }
  const auto spent = Clock::now() - begin;
  tried.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
  all.tried.push_back(std::move(tried));
}

asio::awaitable<std::string> try_connection(Account account, Host host) {
  tls::Stream stream = co_await connect(account, host);
  std::string found = stream.peer().address().to_string();
  found += stream.encrypted() ? ", " + stream.cipher() : ", not encrypted yet";
  co_await stream.close();
  co_return found;
}

asio::awaitable<std::string> try_mailbox(Account account, std::string password) {
  ImapSession session(account, std::move(password));
  co_await session.open();
  std::string found;
  for (const char* extension : {"QRESYNC", "CONDSTORE", "IDLE", "COMPRESS=DEFLATE", "PARTIAL"}) {
    if (session.client().has(extension)) found += std::string(", ") + extension;
  }
  const Selection inbox = co_await select(session, "INBOX", imap::Access::kReadOnly);
  co_await session.close();
  co_return fmt::format("{} messages in INBOX{}", inbox.exists, found);
}

asio::awaitable<std::string> try_sending(Account account, std::string password) {
  const std::string found = "takes mail of " + account.address;
  co_await try_submission(std::move(account), std::move(password));
  co_return found;
}

void report(const Examination& all, Format format) {
  boost::json::array out;
  std::string text = all.account.address + "\n";
  for (const Tried& tried : all.tried) {
    const std::string found = tried.failure ? tried.failure->what() : tried.found;
    text += fmt::format("  {:<6} {:>6} ms  {:<18} {}\n", tried.failure ? "FAILED" : "ok",
                        tried.milliseconds, tried.step, found);
    if (tried.failure && !tried.failure->advice.empty()) {
      text += fmt::format("  {:>16}  {:<18} {}\n", "", "", tried.failure->advice);
    }
    out.push_back({{"step", tried.step},
                   {"ok", !tried.failure.has_value()},
                   {"milliseconds", tried.milliseconds},
                   {"found", found},
                   {"advice", tried.failure ? tried.failure->advice : ""}});
  }
  if (format == Format::kJson) {
    print(out);
  } else {
    print(text);
  }
}

}  // namespace

asio::awaitable<ExitCode> doctor(CommonOptions common, DoctorOptions) {
  Examination all;
  all.account = find_account(common);
  all.password = password_of(all.account);
  Step reach_imap = [](const Examination& e) { return try_connection(e.account, e.account.imap); };
  Step read_mail = [](const Examination& e) { return try_mailbox(e.account, e.password); };
  Step reach_smtp = [](const Examination& e) { return try_connection(e.account, e.account.smtp); };
  Step send_mail = [](const Examination& e) { return try_sending(e.account, e.password); };
  co_await take(all, "IMAP connection", std::move(reach_imap));
  if (!all.failed()) co_await take(all, "IMAP login", std::move(read_mail));
  co_await take(all, "SMTP connection", std::move(reach_smtp));
  if (!all.failed()) co_await take(all, "SMTP login", std::move(send_mail));
  report(all, common.format);
  for (const Tried& tried : all.tried) {
    if (tried.failure) co_return tried.failure->code;
  }
  co_return ExitCode::kOk;
}

}  // namespace mua

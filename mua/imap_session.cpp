#include "mua/imap_session.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "mua/connection.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

constexpr std::size_t kTogether = 4096;
// What a server may send in answer to one request before it is taken for hostile.
constexpr std::size_t kMaxResponses = 2'000'000;

imap::ClientOptions client_options(const Account& account, std::string password) {
  imap::ClientOptions options;
  switch (account.security) {
    case Security::kTls: options.security = imap::ClientOptions::Security::kDone; break;
    case Security::kStartTls: options.security = imap::ClientOptions::Security::kRequired; break;
    case Security::kNone:
      options.security = imap::ClientOptions::Security::kNone;
      options.plain_login = mail::PlainLogin::kAllowed;  // `connect` holds it to loopback
      break;
  }
  options.login = mail::Login{account.user, std::move(password)};
  return options;
}

/// The server ended the login without judging it.
bool is_passing(const imap::Lost& lost) {
  if (!lost.said) return false;
  const std::string& code = lost.said->code.name;
  return lost.said->condition == imap::Condition::kBye || code == "UNAVAILABLE" ||
         code == "INUSE" || code == "SERVERBUG" || code == "LIMIT";
}

}  // namespace

std::string Answer::code(std::string_view name) const {
  if (status.code.name == name) return status.code.arguments;
  for (const imap::Status& one : said) {
    if (one.code.name == name) return one.code.arguments;
  }
  return "";
}

ImapSession::ImapSession(Account account, std::string password)
    : account_(std::move(account)), client_(client_options(account_, std::move(password))) {}

asio::awaitable<void> ImapSession::open() {
  std::string earlier = recalled_.tls_session;
  stream_.emplace(co_await connect(account_, account_.imap, std::move(earlier)));
  if (stream_->encrypted()) client_.set_bindings(bindings_of(*stream_));
  // Only who has the secrets of that session took it up: it is the same server.
  if (stream_->resumed()) client_.know(recalled_.acquaintance);
  for (;;) {
    const imap::Event event = co_await next_event();
    if (std::holds_alternative<imap::Opened>(event)) {
      stream_->set_timeout(kAnswerTimeout);
      co_return;
    }
    if (const auto* lost = std::get_if<imap::Lost>(&event)) throw failure(*lost);
  }
}

// After STARTTLS the greeting was anybody's.
ServerMemory ImapSession::memory() const {
  if (!stream_ || account_.security != Security::kTls) return {};
  return {stream_->session(), client_.acquaintance()};
}

asio::awaitable<imap::Event> ImapSession::next_event() {
  for (;;) {
    if (auto event = client_.next()) co_return std::move(*event);
    bool ended = false;
    try {
      co_await step();
    } catch (const tls::StreamError& error) {
      stream_failure_ = explain(error, account_, account_.imap);
      client_.lost(error.what());
      ended = true;
    } catch (const Failure&) {
      throw;
    } catch (const std::exception& error) {
      // What is sent could not be read to its end.
      stream_failure_ = Failure(ExitCode::kFailed, error.what());
      client_.lost(error.what());
      ended = true;
    }
    if (!ended) continue;
    auto event = client_.next();
    // Who has said LOGOUT is told nothing more by a client whose server just hangs up.
    if (!event) throw Failure(*stream_failure_);
    co_return std::move(*event);
  }
}

/// Commands that are given together leave together: each record of TLS costs 22 octets.
asio::awaitable<void> ImapSession::flush() {
  while (!client_.output().empty()) {
    std::string small;
    while (!client_.output().empty() && small.size() + client_.output().size() <= kTogether) {
      small += client_.output();
      client_.written();
    }
    if (!small.empty()) co_await stream_->write(small);
    if (!small.empty() || client_.output().empty()) continue;
    co_await stream_->write(client_.output());
    client_.written();
  }
}

/// Writes what is to be written, then waits for one thing.
asio::awaitable<void> ImapSession::step() {
  co_await flush();
  if (client_.wants() == imap::Client::Wants::kTls) {
    co_await encrypt(*stream_, account_, account_.imap);
    client_.encrypted(bindings_of(*stream_));
    co_return;
  }
  if (client_.wants() == imap::Client::Wants::kClose) {
    throw tls::StreamError(tls::StreamError::Kind::kClosed, "the session is closed");
  }
  if (!by_lines_ || stream_->buffered().find('\n') == std::string_view::npos) {
    co_await stream_->fill();
  }
  feed();
}

void ImapSession::feed() {
  std::string_view octets = stream_->buffered();
  if (by_lines_) octets = octets.substr(0, std::min(octets.find('\n'), octets.size() - 1) + 1);
  const std::size_t size = octets.size();
  client_.feed(octets);
  stream_->consume(size);
}

/// True when the event ends the request that runs.
bool ImapSession::collect(imap::Event event, Answer& answer) const {
  if (const auto* lost = std::get_if<imap::Lost>(&event)) throw failure(*lost);
  if (auto* data = std::get_if<imap::Data>(&event)) answer.data.push_back(std::move(*data));
  if (auto* said = std::get_if<imap::Status>(&event)) answer.said.push_back(std::move(*said));
  if (auto* done = std::get_if<imap::Finished>(&event)) {
    answer.status = std::move(done->status);
    return true;
  }
  if (answer.data.size() + answer.said.size() > kMaxResponses) {
    throw Failure(ExitCode::kFailed, "the server does not stop answering");
  }
  return false;
}

asio::awaitable<Answer> ImapSession::run(imap::Request request) {
  client_.run(std::move(request));
  Answer answer;
  for (;;) {
    imap::Event event = co_await next_event();
    if (collect(std::move(event), answer)) co_return answer;
  }
}

asio::awaitable<std::vector<Answer>> ImapSession::run_all(std::vector<imap::Request> requests) {
  std::vector<Answer> answers(requests.size());
  for (imap::Request& request : requests) {
    client_.run(std::move(request), imap::Client::Turn::kAtOnce);
  }
  for (Answer& answer : answers) {
    for (bool done = false; !done;) {
      imap::Event event = co_await next_event();
      done = collect(std::move(event), answer);
    }
  }
  co_return answers;
}

asio::awaitable<bool> ImapSession::compress() {
  if (!client_.has("COMPRESS=DEFLATE")) co_return false;
  by_lines_ = true;  // a server may speak first
  std::vector<imap::Request> request{imap::Request{}.text("COMPRESS DEFLATE")};
  const std::vector<Answer> answers = co_await run_all(std::move(request));
  const Answer& answer = answers.front();
  by_lines_ = false;
  if (answer.status.ok()) stream_->compress();
  co_return answer.status.ok();
}

asio::awaitable<Answer> ImapSession::idle(std::chrono::milliseconds longest) {
  asio::steady_timer timer(stream_->executor(), longest);
  // It may be called when all of this is gone.
  const auto here = std::make_shared<ImapSession*>(this);
  timer.async_wait([still = std::weak_ptr(here)](boost::system::error_code error) {
    const auto session = still.lock();
    if (!error && session) (*session)->interrupt();
  });
  idling_ = true;
  interrupted_ = false;
  const bool known = can_idle();
  stream_->set_timeout(tls::Seconds(24 * 3600));
  if (known) client_.run(imap::idle());
  Answer answer = co_await rest();
  idling_ = false;
  stream_->set_timeout(kAnswerTimeout);
  if (known && !answer.status.ok()) idle_refused_ = true;
  if (!known) answer = co_await run(imap::noop());
  co_return answer;
}

/// The waiting itself: what comes ends it.
asio::awaitable<Answer> ImapSession::rest() {
  Answer answer;
  const bool known = can_idle();
  for (bool ending = false;;) {
    while (auto event = client_.next()) {
      if (collect(std::move(*event), answer)) co_return answer;
    }
    if (!ending && (interrupted_ || !answer.data.empty() || !answer.said.empty())) {
      if (!known) co_return answer;
      client_.end_idle();
      stream_->set_timeout(kAnswerTimeout);
      ending = true;
    }
    try {
      co_await flush();
      if (ending) {
        co_await stream_->fill();
      } else {
        co_await stream_->wait_readable();
      }
      if (stream_->fill_if_ready()) feed();
    } catch (const tls::StreamError& error) {
      stream_failure_ = explain(error, account_, account_.imap);
      client_.lost(error.what());
    }
  }
}

void ImapSession::interrupt() {
  if (!idling_) return;
  interrupted_ = true;
  stream_->cancel();
}

void ImapSession::abandon() {
  if (stream_) stream_->cancel();
}

asio::awaitable<Answer> ImapSession::must(imap::Request request, std::string what) {
  Answer answer = co_await run(std::move(request));
  if (!answer.status.ok()) throw refusal(what, answer.status);
  co_return answer;
}

asio::awaitable<void> ImapSession::close() {
  try {
    if (stream_) {
      stream_->set_timeout(tls::Seconds(5));
      co_await run(imap::logout());
    }
  } catch (const Failure&) {
    // The work is done; how the server takes its leave changes nothing.
  }
  if (stream_) co_await stream_->close();
}

Failure ImapSession::failure(const imap::Lost& lost) const {
  if (stream_failure_) return *stream_failure_;
  const std::string what = account_.imap.to_string() + ": " + lost.reason;
  if (lost.stage == imap::Stage::kLogin && !is_passing(lost)) {
    return Failure(ExitCode::kLogin, what,
                   "Check user and password; run mua setup --account " + account_.address +
                       " to set them anew.");
  }
  if (lost.stage == imap::Stage::kStartTls) {
    return Failure(ExitCode::kConnection, what,
                   "If the port is one for TLS (993), run mua setup with --security tls.");
  }
  return Failure(lost.said ? ExitCode::kRefused : ExitCode::kConnection, what);
}

Failure refusal(const std::string& what, const imap::Status& status) {
  const bool missing = status.code.name == "NONEXISTENT" || status.code.name == "TRYCREATE";
  const std::string advice = missing ? "See mua mailboxes for those there are." : std::string();
  return Failure(missing ? ExitCode::kNotFound : ExitCode::kRefused, what + ": " + to_line(status),
                 advice);
}

}  // namespace mua

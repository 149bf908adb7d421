#include "imapd/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "conf/log.hpp"
#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "mail/imap_append.hpp"

namespace imapd {

namespace {

using conf::Level;
using mail::ImapReader;

constexpr std::size_t kFlushAt = 64u << 10;
constexpr std::size_t kKeptBuffer = 1u << 10;  // what an idle session may keep of its output buffer
constexpr std::size_t kLiteralsBeforeLogin = 4u << 10;  // RFC 7888 §5: LITERAL-
constexpr std::size_t kLiterals = 1u << 20;             // of a command, APPEND's message apart
constexpr std::uint64_t kMostDrained = 1u << 30;
constexpr unsigned kBadBeforeLogin = 10;
constexpr unsigned kBadCommands = 50;
constexpr unsigned kFailedLogins = 5;
constexpr auto kLoginDelay = std::chrono::milliseconds(200);

}  // namespace

Session::Session(tls::Stream stream, Service& service)
    : stream_(std::move(stream)),
      service_(service),
      settings_(service.settings()),
      progress_notice_(settings_->imap.progress_interval) {
  deadline_ = std::chrono::steady_clock::now() + settings_->imap.login_timeout;
  auto ring = [this] {
    rung_ = rung_others_ = true;
    if (waiting_ == Waiting::kForNews) stream_.cancel();
  };
  auto stop = [this] {
    stopping_ = true;
    if (waiting_ != Waiting::kNo) stream_.cancel();
  };
  bell_ = service_.hub().join(stream_.executor(), ring, stop);
}

Session::~Session() { service_.hub().leave(bell_); }

State Session::state() const {
  if (ended_) return State::kLogout;
  if (!account_) return State::kNotAuthenticated;
  return selected_ ? State::kSelected : State::kAuthenticated;
}

asio::awaitable<void> Session::run() {
  std::string last_words;
  try {
    co_await converse();
  } catch (const tls::StreamError& error) {
    if (error.kind == tls::StreamError::Kind::kTimeout)
      last_words = account_ ? "Idle for too long" : "Too slow to log in";
    if (error.kind == tls::StreamError::Kind::kDeflate) last_words = error.what();
    conf::log(Level::kDebug, "connection_ended", {{"reason", error.what()}});
  } catch (const std::exception& error) {
    conf::log(Level::kError, "session_failed", {{"reason", error.what()}});
  }
  if (!last_words.empty()) co_await say_goodbye(last_words);
  co_await stream_.close();
}

asio::awaitable<void> Session::say_goodbye(std::string_view why) {
  try {
    end_with("", why);
    co_await flush();
  } catch (const std::exception&) {
    // The peer is gone: nobody is left to tell.
  }
}

asio::awaitable<void> Session::converse() {
  out_ = "* OK [" + capabilities(*this, Telling::kOfLogin) + "] Pabal ready\r\n";
  co_await flush();
  while (!ended_) {
    auto command = co_await read_command();
    if (stopping_ && !ended_) end_with("", "The server is shutting down");
    if (command && !ended_) co_await execute(std::move(*command));
    if (account_) deadline_ = std::chrono::steady_clock::now() + settings_->imap.idle_timeout;
    // Answers to pipelined commands leave together.
    bool pipelined = !ended_ && after_reply_ == AfterReply::kGoOn && !stream_.buffered().empty();
    if (!pipelined || out_.size() >= kFlushAt) co_await flush();
    if (!ended_) co_await change_stream();
    release_buffers();
  }
}

asio::awaitable<void> Session::change_stream() {
  switch (std::exchange(after_reply_, AfterReply::kGoOn)) {
    case AfterReply::kGoOn: break;
    case AfterReply::kStartTls:
      co_await stream_.handshake_server(service_.tls());
      reader_.reset();
      break;
    case AfterReply::kCompress: stream_.compress(); break;
    case AfterReply::kStopCompression: stream_.stop_compression(); break;
  }
}

asio::awaitable<void> Session::wait_for_input() {
  auto left = deadline_ - std::chrono::steady_clock::now();
  if (left.count() <= 0) {
    throw tls::StreamError(tls::StreamError::Kind::kTimeout, "no command in time");
  }
  stream_.set_timeout(std::max(tls::Seconds(1), std::chrono::ceil<tls::Seconds>(left)));
  if (stopping_) co_return;
  waiting_ = notifier_ && reader_.idle() ? Waiting::kForNews : Waiting::kForCommand;
  co_await stream_.wait_readable();
  waiting_ = Waiting::kNo;
  bool woken = stopping_ || has_news();
  if (!woken && stream_.buffered().empty()) co_await stream_.fill();
}

// nullopt: the line was answered here, or the session is to end.
asio::awaitable<std::optional<mail::ImapCommand>> Session::read_command() {
  for (;;) {
    while (stream_.buffered().empty()) {
      if (!has_news())
        co_await wait_for_input();
      else if (!stream_.fill_if_ready())
        co_await push_news();
      if (stopping_ || ended_) co_return std::nullopt;
    }
    auto octets = stream_.buffered();
    auto size = octets.size();
    auto event = reader_.feed(octets);
    stream_.consume(size - octets.size());
    if (std::holds_alternative<ImapReader::NeedMore>(event)) continue;
    if (auto* literal = std::get_if<ImapReader::NeedLiteral>(&event)) {
      announced_ = *literal;
      auto command = co_await begin_literal();
      if (command || reader_.idle()) co_return command;
      continue;
    }
    bool overlong = std::holds_alternative<ImapReader::Overlong>(event);
    auto text = reader_.take_text();
    auto command = mail::parse_imap_command(text);
    if (command && !overlong) co_return std::move(*command);
    auto tag = command ? command->tag : command.error().tag;
    auto reason = overlong ? "the command line is too long" : command.error().reason;
    answer(tag.empty() ? "*" : tag, bad(reason));
    co_return std::nullopt;
  }
}

namespace {

// APPEND and REPLACE take their messages themselves, but not a mailbox name that is a literal.
bool takes_octets_itself(const mail::ImapCommand& command) {
  using Reader = mail::AppendReader;
  bool appends = command.verb == "APPEND";
  if (!appends && command.verb != "REPLACE" && command.verb != "UID REPLACE") return false;
  Reader reader(appends ? Reader::Verb::kAppend : Reader::Verb::kReplace);
  auto next = reader.feed(command.arguments);
  return !next || *next != Reader::Next::kString;
}

}  // namespace

// Literals are gathered while they are small.
asio::awaitable<std::optional<mail::ImapCommand>> Session::begin_literal() {
  auto command = mail::parse_imap_command(reader_.text());
  if (command && account_ && takes_octets_itself(*command)) co_return std::move(*command);
  std::optional<Reply> said;
  if (command) {
    said = co_await gather_literal();
  } else {
    said = co_await refuse_literal(bad(command.error().reason));
  }
  auto tag = command ? command->tag : "*";
  if (said && !ended_) answer(tag, *said);
  co_return std::nullopt;
}

asio::awaitable<std::optional<Reply>> Session::gather_literal() {
  auto limit = account_ ? kLiterals : kLiteralsBeforeLogin;
  bool fits = announced_->size <= limit && reader_.text().size() + announced_->size <= limit;
  if (!fits) co_return co_await refuse_literal(no("TOOBIG", "the literal is too large"));
  co_await ask_for_literal();
  reader_.keep_literal();
  announced_.reset();
  co_return std::nullopt;
}

asio::awaitable<void> Session::ask_for_literal() {
  if (!announced_->synchronizing) co_return;
  out_ += "+ OK\r\n";
  co_await flush();
  // From here on its octets come whatever we think of them.
  announced_->synchronizing = false;
}

asio::awaitable<std::string> Session::read_rest() {
  for (;;) {
    if (stream_.buffered().empty()) co_await stream_.fill();
    auto octets = stream_.buffered();
    auto size = octets.size();
    auto event = reader_.feed(octets);
    stream_.consume(size - octets.size());
    if (std::holds_alternative<ImapReader::NeedMore>(event)) continue;
    if (auto* literal = std::get_if<ImapReader::NeedLiteral>(&event)) {
      announced_ = *literal;
      co_return std::string(reader_.text());
    }
    co_return reader_.take_text();
  }
}

asio::awaitable<Reply> Session::refuse_literal(Reply reply) {
  while (announced_ && !announced_->synchronizing) {
    // RFC 7888 §4: what is too much even to throw away ends the connection.
    if (announced_->size > (account_ ? kMostDrained : kLiteralsBeforeLogin)) {
      end_with("TOOBIG", "the literal is too large");
      break;
    }
    while (announced_->size > 0) {
      if (stream_.buffered().empty()) co_await stream_.fill();
      auto size = std::min<std::uint64_t>(announced_->size, stream_.buffered().size());
      stream_.consume(size);
      announced_->size -= size;
    }
    announced_.reset();
    reader_.literal_taken();
    co_await read_rest();
  }
  announced_.reset();
  reader_.reset();
  co_return reply;
}

asio::awaitable<void> Session::execute(mail::ImapCommand command) {
  auto tag = command.tag;
  progress_notice_.begin(tag, ProgressNotice::Clock::now());
  const auto* entry = find_command(command.verb);
  Reply reply;
  if (!entry) {
    reply = bad("unknown command " + command.verb.substr(0, 40));
  } else if (!is_allowed(entry->allowed, state())) {
    reply = bad(command.verb + " is not allowed in this state");
  } else if (enabled_.uid_only && uses_sequence_numbers(*entry)) {
    reply = uid_required();
  } else {
    bool knew_mod_seq = enabled_.condstore;
    reply = co_await run_handler(*entry, std::move(command));
    co_await look(*entry, reply);
    // RFC 7162 §3.1: whoever begins to use mod-sequences is told which the mailbox has. SELECT says
    // so of itself.
    bool begins = enabled_.condstore && !knew_mod_seq && entry->handler != cmd_select;
    if (begins && selected_) {
      out_ += fmt::format("* OK [HIGHESTMODSEQ {}] Highest\r\n", selected_->view().highest_mod_seq);
    }
  }
  if (announced_) reply = co_await refuse_literal(std::move(reply));
  answer(tag, reply);
}

asio::awaitable<Reply> Session::run_handler(const CommandEntry& entry, mail::ImapCommand command) {
  try {
    co_return co_await entry.handler(*this, std::move(command));
  } catch (const tls::StreamError&) {
    throw;
  } catch (const std::exception& error) {
    co_return failed(error);
  }
}

// What the command did is done: that the news can't be read must not turn its OK into a NO.
asio::awaitable<void> Session::look(const CommandEntry& entry, Reply& reply) {
  if (!selected_ || ended_) co_return;
  try {
    bool wanted = rung_ || entry.look == Look::kAlways;
    if (wanted) co_await tell_changes(reply.by_number ? Expunges::kHold : entry.expunges);
    co_await tell_live_searches();
    // Of a client that doesn't hear of all changes, nobody can say what it knows.
    bool knows_all = !notifier_ || (notifier_->rules().selected().messages && enabled_.flag_news);
    if (reply.expunged && enabled_.qresync && selected_ && knows_all) {
      reply.code = "HIGHESTMODSEQ " + std::to_string(selected_->view().highest_mod_seq);
    }
    // RFC 5530: what is gone was not found, but has its number still.
    bool by_number = entry.expunges == Expunges::kHold && entry.look == Look::kAlways;
    if (by_number && reply.status == Reply::Status::kOk && reply.code.empty() && selected_ &&
        selected_->holds_expunges()) {
      reply.code = "EXPUNGEISSUED";
    }
  } catch (const mailstore::StoreError& error) {
    failed(error);
  }
}

Reply Session::failed(const std::exception& error) {
  auto name = account_ ? account_->address : std::string("none");
  conf::log(Level::kError, "command_failed", {{"account", name}, {"reason", error.what()}});
  auto* store = dynamic_cast<const mailstore::StoreError*>(&error);
  if (!store) return no("SERVERBUG", "internal error, see the server's log");
  if (store->out_of_space) return no("UNAVAILABLE", "the server's disk is full");
  return no("UNAVAILABLE", "the mail store of this account can't be used now");
}

void Session::answer(std::string_view tag, const Reply& reply) {
  out_ += render(tag, reply);
  out_ += "\r\n";
  if (reply.status != Reply::Status::kBad) {
    offences_.bad_commands = 0;
    return;
  }
  if (++offences_.bad_commands >= (account_ ? kBadCommands : kBadBeforeLogin)) {
    end_with("", "Too many bad commands");
  }
}

void Session::end_with(std::string_view code, std::string_view text) {
  out_ += "* " + mail::render_status("BYE", code, text) + "\r\n";
  ended_ = true;
}

void Session::release_buffers() {
  if (out_.empty() && out_.capacity() > kKeptBuffer) std::string().swap(out_);
}

asio::awaitable<void> Session::flush() {
  if (out_.empty()) co_return;
  stream_.set_timeout(account_ ? settings_->imap.idle_timeout : settings_->imap.login_timeout);
  // Owned by this frame: what others append meanwhile goes into a new buffer.
  auto octets = std::exchange(out_, {});
  co_await stream_.write(octets);
}

asio::awaitable<void> Session::flush_some() {
  if (out_.size() >= kFlushAt) co_await flush();
}

void Session::log_in(mailstore::AccountInfo account) {
  conf::log(Level::kInfo, "login",
            {{"account", account.address},
             {"peer", stream_.peer().address().to_string()},
             {"tls", stream_.cipher()}});
  service_.indexer().changed(account.id);
  account_ = std::move(account);
}

// Failed logins stay counted: who gives a login up does not get more guesses by it.
void Session::unauthenticate() {
  notifier_.reset();
  unselect();
  account_.reset();
  enabled_ = {};
  deadline_ = std::chrono::steady_clock::now() + settings_->imap.login_timeout;
}

asio::awaitable<Reply> Session::login_failed() {
  ++offences_.failed_logins;
  conf::log(Level::kWarning, "login_failed", {{"peer", stream_.peer().address().to_string()}});
  asio::steady_timer timer(stream_.executor());
  timer.expires_after(kLoginDelay * offences_.failed_logins);
  co_await timer.async_wait(asio::use_awaitable);
  if (offences_.failed_logins >= kFailedLogins) end_with("", "Too many failed logins");
  co_return no("AUTHENTICATIONFAILED", "wrong user name or password");
}

asio::awaitable<void> Session::tell_progress(mailstore::Progress progress) {
  auto notice = progress_notice_.due(progress, ProgressNotice::Clock::now());
  if (notice.empty()) co_return;
  out_ += notice;
  co_await flush();
}

}  // namespace imapd

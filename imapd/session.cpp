#include "imapd/session.hpp"

#include <algorithm>
#include <utility>

#include "conf/log.hpp"
#include "imapd/commands.hpp"

namespace imapd {

namespace {

using conf::Level;
using mail::ImapReader;

constexpr std::size_t kFlushAt = 64u << 10;
constexpr std::size_t kKeptBuffer = 1u << 10;  // what an idle session may keep of its output buffer
constexpr std::size_t kLiteralsBeforeLogin = 8u << 10;
constexpr std::size_t kLiterals = 1u << 20;  // of a command, APPEND's message apart
constexpr std::uint64_t kMostDrained = 1u << 30;
constexpr unsigned kBadBeforeLogin = 10;
constexpr unsigned kBadCommands = 50;
constexpr unsigned kFailedLogins = 5;
constexpr auto kLoginDelay = std::chrono::milliseconds(200);

}  // namespace

Session::Session(tls::Stream stream, Service& service)
    : stream_(std::move(stream)), service_(service), settings_(service.settings()) {
  login_deadline_ = std::chrono::steady_clock::now() + settings_->imap.login_timeout;
  auto ring = [this] {
    rung_ = true;
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
  bool timed_out = false;
  try {
    co_await converse();
  } catch (const tls::StreamError& error) {
    timed_out = error.kind == tls::StreamError::Kind::kTimeout;
    conf::log(Level::kDebug, "connection_ended", {{"reason", error.what()}});
  } catch (const std::exception& error) {
    conf::log(Level::kError, "session_failed", {{"reason", error.what()}});
  }
  if (timed_out) {
    try {
      end_with("", account_ ? "Idle for too long" : "Too slow to log in");
      co_await flush();
    } catch (const std::exception&) {
      // The peer is gone: nobody is left to tell.
    }
  }
  co_await stream_.close();
}

asio::awaitable<void> Session::converse() {
  out_ = "* OK [" + capabilities(*this) + "] Pabal ready\r\n";
  co_await flush();
  while (!ended_) {
    auto command = co_await read_command();
    if (stopping_ && !ended_) end_with("", "The server is shutting down");
    if (command && !ended_) co_await execute(std::move(*command));
    // Answers to pipelined commands leave together.
    bool pipelined = !ended_ && !upgrade_ && !stream_.buffered().empty();
    if (!pipelined || out_.size() >= kFlushAt) co_await flush();
    if (std::exchange(upgrade_, false)) {
      co_await stream_.handshake_server(service_.tls());
      reader_.reset();
    }
    release_buffers();
  }
}

asio::awaitable<void> Session::wait_for_input() {
  auto timeout = settings_->imap.idle_timeout;
  if (!account_) {
    auto left = login_deadline_ - std::chrono::steady_clock::now();
    timeout = std::max(tls::Seconds(1), std::chrono::ceil<tls::Seconds>(left));
    if (left.count() <= 0) {
      throw tls::StreamError(tls::StreamError::Kind::kTimeout, "no login in time");
    }
  }
  stream_.set_timeout(timeout);
  if (stopping_) co_return;
  waiting_ = Waiting::kForCommand;
  co_await stream_.wait_readable();
  waiting_ = Waiting::kNo;
  if (!stopping_ && stream_.buffered().empty()) co_await stream_.fill();
}

// nullopt: the line was answered here, or the session is to end.
asio::awaitable<std::optional<mail::ImapCommand>> Session::read_command() {
  for (;;) {
    while (stream_.buffered().empty()) {
      co_await wait_for_input();
      if (stopping_) co_return std::nullopt;
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

// APPEND takes its message itself; other literals are gathered while they are small.
asio::awaitable<std::optional<mail::ImapCommand>> Session::begin_literal() {
  auto command = mail::parse_imap_command(reader_.text());
  if (command && command->verb == "APPEND" && account_) co_return std::move(*command);
  auto limit = account_ ? kLiterals : kLiteralsBeforeLogin;
  bool fits = announced_->size <= limit && reader_.text().size() + announced_->size <= limit;
  if (command && fits) {
    co_await ask_for_literal();
    reader_.keep_literal();
    announced_.reset();
    co_return std::nullopt;
  }
  auto tag = command ? command->tag : "*";
  auto reply = command ? no("TOOBIG", "the literal is too large") : bad(command.error().reason);
  auto said = co_await refuse_literal(std::move(reply));
  if (!ended_) answer(tag, said);
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
  const auto* entry = find_command(command.verb);
  Reply reply;
  if (!entry) {
    reply = bad("unknown command " + command.verb.substr(0, 40));
  } else if (!is_allowed(entry->allowed, state())) {
    reply = bad(command.verb + " is not allowed in this state");
  } else {
    reply = co_await run_handler(*entry, std::move(command));
    co_await look(*entry, reply);
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
  bool wanted = rung_ || entry.look == Look::kAlways;
  if (!selected_ || ended_ || !wanted) co_return;
  try {
    co_await tell_changes(entry.expunges);
    if (reply.expunged && enabled_.qresync && selected_) {
      reply.code = "HIGHESTMODSEQ " + std::to_string(selected_->view().highest_mod_seq);
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

asio::awaitable<Reply> Session::login_failed() {
  ++offences_.failed_logins;
  conf::log(Level::kWarning, "login_failed", {{"peer", stream_.peer().address().to_string()}});
  asio::steady_timer timer(stream_.executor());
  timer.expires_after(kLoginDelay * offences_.failed_logins);
  co_await timer.async_wait(asio::use_awaitable);
  if (offences_.failed_logins >= kFailedLogins) end_with("", "Too many failed logins");
  co_return no("AUTHENTICATIONFAILED", "wrong user name or password");
}

void Session::select(std::unique_ptr<Selected> selected) { selected_ = std::move(selected); }

void Session::watch(mailstore::AccountId account, mailstore::MailboxId mailbox) {
  rung_ = false;
  service_.hub().watch(bell_, account, mailbox);
}

void Session::unselect() {
  selected_.reset();
  service_.hub().watch(bell_, 0, 0);
}

asio::awaitable<void> Session::tell_changes(Expunges expunges) {
  rung_ = false;
  auto read = [mailbox = selected_->mailbox(), since = selected_->view().highest_mod_seq,
               access = selected_->access()](mailstore::Account& account) {
    auto claim = access == Access::kReadOnly ? mailstore::RecentClaim::kLeave
                                             : mailstore::RecentClaim::kTake;
    return mailstore::changes_since(account, mailbox, since, claim);
  };
  auto changes = co_await in_selected(std::move(read));
  if (changes)
    selected_->tell(std::move(*changes), expunges, enabled_, out_);
  else
    end_with("NONEXISTENT", "The selected mailbox was deleted");
}

asio::awaitable<Session::Woken> Session::wait_for_news(tls::Seconds longest) {
  if (!stream_.buffered().empty()) co_return Woken::kInput;
  if (rung_ || stopping_) co_return Woken::kRung;
  stream_.set_timeout(longest);
  waiting_ = Waiting::kForNews;
  bool timed_out = false;
  try {
    co_await stream_.wait_readable();
  } catch (const tls::StreamError& error) {
    if (error.kind != tls::StreamError::Kind::kTimeout) throw;
    timed_out = true;
  }
  waiting_ = Waiting::kNo;
  if (timed_out) co_return Woken::kNeither;
  co_return rung_ || stopping_ ? Woken::kRung : Woken::kInput;
}

}  // namespace imapd

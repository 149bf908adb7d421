#include "smtpd/session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "conf/log.hpp"
#include "smtpd/accept.hpp"
#include "smtpd/loop.hpp"
#include "smtpd/now.hpp"
#include "smtpd/trace.hpp"

namespace smtpd {

namespace {

using Caller = mailstore::Queue::Caller;

// RFC 5321 §4.5.3.1.4 says 512 octets plus what extensions add; AUTH's initial response is the
// largest (RFC 4954 §4), the others together need some 1500.
constexpr std::size_t kMaxCommandLine = 16384;

// RFC 4954 §4, to a mechanism that isn't there.
constexpr int kUnknownMechanism = 504;

// Replies to pipelined commands wait no longer than this many octets.
constexpr std::size_t kMaxGathered = 32768;

std::string address_text(const tls::Stream& stream) {
  if (stream.is_local()) return "local";
  asio::ip::address address = stream.peer().address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return address.to_string();
}

Protocol::Kind protocol_kind(const Transaction& transaction) {
  if (transaction.role() == Role::kLmtp) return Protocol::Kind::kLmtp;
  return transaction.hello() == Transaction::Hello::kEhlo ? Protocol::Kind::kEsmtp
                                                          : Protocol::Kind::kSmtp;
}

class Session {
 public:
  Session(tls::Stream stream, Service& service, Port port)
      : stream_(std::move(stream)),
        service_(service),
        policy_(service.policy.load()),
        transaction_(policy_, port.role, service.lookups),
        client_(address_text(stream_)),
        entry_(service.sessions.enter(stream_)) {
    if (stream_.is_local()) transaction_.secured({Channel::Security::kMachine, {}});
    if (port.role == Role::kLocal) know_user();
  }

  ~Session() { entry_->leave(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  asio::awaitable<void> run(Port::Tls tls) {
    std::optional<tls::StreamError::Kind> ended;
    try {
      co_await converse(tls);
    } catch (const tls::StreamError& error) {
      ended = error.kind;
    }
    if (ended) co_await say_goodbye(*ended);
    co_await stream_.close();
  }

 private:
  void know_user() {
    const auto peer = stream_.peer_user();
    if (!peer) return;
    const LocalUser user = local_user(*peer, ::geteuid(), policy_->domain);
    client_ = "local " + user.name;
    user_ = user.name;
    transaction_.known_locally(user);
  }

  asio::awaitable<void> converse(Port::Tls tls) {
    stream_.set_timeout(policy_->command_timeout);
    if (tls == Port::Tls::kFromStart) co_await begin_tls();
    say(transaction_.greeting());
    while (!hung_) {
      if (must_flush()) co_await flush();
      if (service_.sessions.stopping()) break;
      stream_.set_timeout(policy_->command_timeout);
      entry_->begin_idle();
      const tls::Line line = co_await stream_.read_line(kMaxCommandLine);
      entry_->end_idle();
      Action action = decide(line);
      // Most commands are answered and nothing else.
      if (const Say* only = std::get_if<Say>(&action)) {
        say(only->reply);
      } else {
        co_await perform(std::move(action));
      }
      if (!transaction_.in_chunks()) chunks_.reset();
    }
    if (!hung_) say(Reply(421, "4.3.2", policy_->hostname + " is going down; try again later"));
    co_await flush();
  }

  bool must_flush() const {
    return stream_.buffered().find('\n') == std::string_view::npos || out_.size() > kMaxGathered;
  }

  /// The last words where the peer can still hear them.
  asio::awaitable<void> say_goodbye(tls::StreamError::Kind ended) {
    const bool timeout = ended == tls::StreamError::Kind::kTimeout;
    if (!timeout && !service_.sessions.stopping()) co_return;
    say(timeout ? Reply(421, "4.4.2", policy_->hostname + " closes: nothing came for too long")
                : Reply(421, "4.3.2", policy_->hostname + " is going down; try again later"));
    stream_.set_timeout(tls::Seconds(1));
    try {
      co_await flush();
    } catch (const tls::StreamError&) {
      // The peer is gone already.
    }
  }

  Action decide(const tls::Line& line) {
    if (line.status == tls::LineStatus::kTooLong) {
      return transaction_.refuse_line("That line is too long for a command");
    }
    if (line.bare_lf) return transaction_.refuse_line("A command ends in CRLF");
    try {
      return transaction_.answer(line.text);
    } catch (const std::exception& error) {
      conf::log(conf::Level::kError, "command_failed",
                {{"client", client_}, {"reason", error.what()}});
      return Say{Reply(451, "4.3.0", "Internal trouble; try again later")};
    }
  }

  void say(const Reply& reply) { out_ += mail::smtp::render(reply); }

  asio::awaitable<void> flush() {
    if (out_.empty()) co_return;
    const std::string replies = std::exchange(out_, {});
    co_await stream_.write(replies);
  }

  asio::awaitable<void> perform(Action action) {
    if (auto* data = std::get_if<ReadData>(&action)) {
      co_await read_data(std::move(data->reply));
    } else if (auto* chunk = std::get_if<ReadChunk>(&action)) {
      co_await read_chunk(chunk->chunk);
    } else if (auto* drop = std::get_if<DropChunk>(&action)) {
      if (drop->chunk.size > most_octets(policy_->max_message_size)) {
        cut_off(drop->reply);
      } else {
        co_await drop_chunk(drop->chunk.size);
        say(drop->reply);
      }
    } else if (auto* begin = std::get_if<BeginTls>(&action)) {
      say(begin->reply);
      co_await flush();
      co_await begin_tls();
    } else if (auto* auth = std::get_if<Authenticate>(&action)) {
      co_await log_in(std::move(auth->command));
    } else if (auto* hang = std::get_if<Hang>(&action)) {
      say(hang->reply);
      hung_ = true;
    } else if (auto* ask = std::get_if<AskRoom>(&action)) {
      co_await ask_room(std::move(*ask));
    } else {
      say(std::get<Say>(action).reply);
    }
  }

  asio::awaitable<void> ask_room(AskRoom ask) {
    const Room::Answer answer = co_await service_.room.ask(ask.account, ask.octets);
    if (answer == Room::Answer::kThere) {
      say(ask.reply);
    } else {
      co_await perform(transaction_.refuse_recipient(full_reply(answer)));
    }
  }

  asio::awaitable<void> begin_tls() {
    const tls::SslCtx certificate = service_.certificates.load()->current();
    co_await stream_.handshake_server(certificate);
    Channel channel{Channel::Security::kTls, {}};
    if (transaction_.role() == Role::kSubmission) {
      channel.mechanisms = mail::sasl_mechanisms(bindings_of(stream_), true);
    }
    transaction_.secured(std::move(channel));
  }

  asio::awaitable<void> log_in(mail::smtp::Auth command) {
    co_await flush();
    const std::string mechanism = command.mechanism;
    const Login login =
        co_await authenticate(stream_, service_.authority, policy_->domain, std::move(command));
    if (login.account) {
      conf::log(conf::Level::kInfo, "login",
                {{"user", login.account->address}, {"mechanism", mechanism}, {"client", client_}});
      say(transaction_.logged_in(*login.account));
      co_return;
    }
    // What stands where no mechanism is may be the password of a client that left it out.
    const bool known = login.reply.code != kUnknownMechanism;
    conf::log(conf::Level::kWarning, "login_failed",
              {{"mechanism", known ? mechanism : "unknown"},
               {"client", client_},
               {"reply", to_line(login.reply)}});
    co_await perform(transaction_.login_failed(login.reply));
  }

  Reception reception() {
    const mailstore::QueuedMessage& envelope = transaction_.envelope();
    received_at_ = seconds_now();
    trace_id_ = make_trace_id();
    Hop hop;
    hop.client_name = user_.empty() ? transaction_.client_name() : user_;
    if (!stream_.is_local()) hop.client_address = client_;
    hop.hostname = policy_->hostname;
    hop.protocol = protocol_name({protocol_kind(transaction_), envelope.smtputf8,
                                  transaction_.encrypted(), transaction_.authenticated()});
    hop.cipher = stream_.cipher();
    hop.id = trace_id_;
    if (transaction_.accepted_recipients().size() == 1) {
      hop.recipient = transaction_.accepted_recipients().front();
    }
    hop.seconds = received_at_;
    return {received_field(hop),
            policy_->max_message_size,
            transaction_.role(),
            envelope.body == "BINARYMIME" ? Reception::Octets::kBinary : Reception::Octets::kLines,
            fmt::format("<{}@{}>", trace_id_, policy_->hostname),
            received_at_};
  }

  asio::awaitable<void> read_data(Reply go_on) {
    say(go_on);
    co_await flush();
    stream_.set_timeout(policy_->data_timeout);
    Receiver receiver(service_.queue.stage(), reception());
    while (!receiver.data_done()) {
      if (receiver.hopeless()) co_return cut_off(*receiver.refusal());
      if (stream_.buffered().empty()) co_await stream_.fill();
      stream_.consume(receiver.take_data(stream_.buffered()));
    }
    co_await conclude(receiver);
  }

  asio::awaitable<void> read_chunk(mail::smtp::Bdat chunk) {
    if (!chunks_) chunks_.emplace(service_.queue.stage(), reception());
    stream_.set_timeout(policy_->data_timeout);
    for (std::uint64_t left = chunk.size; left > 0;) {
      if (chunks_->hopeless()) co_return cut_off(*chunks_->refusal());
      if (stream_.buffered().empty()) {
        co_await flush();
        co_await stream_.fill();
      }
      const std::string_view octets = stream_.buffered().substr(0, left);
      chunks_->take_chunk(octets);
      left -= octets.size();
      stream_.consume(octets.size());
    }
    if (chunk.last) {
      co_await conclude(*chunks_);
    } else if (chunks_->refusal()) {
      refuse_message(*chunks_->refusal(), 1);
    } else {
      say(Reply(250, "2.0.0", fmt::format("{} octets received", chunk.size)));
    }
  }

  asio::awaitable<void> drop_chunk(std::uint64_t left) {
    stream_.set_timeout(policy_->data_timeout);
    while (left > 0) {
      if (stream_.buffered().empty()) {
        co_await flush();
        co_await stream_.fill();
      }
      const std::uint64_t now = std::min<std::uint64_t>(left, stream_.buffered().size());
      stream_.consume(now);
      left -= now;
    }
  }

  void refuse_message(const Reply& reply, std::size_t times) {
    conf::log(conf::Level::kWarning, "refused",
              {{"id", trace_id_}, {"client", client_}, {"reply", to_line(reply)}});
    for (std::size_t i = 0; i < times; ++i) say(reply);
    transaction_.reset();
  }

  /// After the end of a message LMTP wants a reply for each RCPT that was accepted (RFC 2033 §4.2).
  std::size_t replies_owed() const {
    return is_lmtp() ? transaction_.accepted_recipients().size() : 1;
  }

  bool is_lmtp() const { return transaction_.role() == Role::kLmtp; }

  /// The rest of what comes is too much to be waited for.
  void cut_off(const Reply& reply) {
    refuse_message(reply, replies_owed());
    say(Reply(421, "4.7.0", policy_->hostname + " closes: far too many octets"));
    hung_ = true;
  }

  asio::awaitable<void> conclude(Receiver& receiver) {
    const std::size_t owed = replies_owed();
    auto content = receiver.finish();
    if (!content) co_return refuse_message(content.error(), owed);
    const std::vector<std::string> names = transaction_.accepted_recipients();
    mailstore::QueuedMessage message = transaction_.take_envelope();
    const Earlier had_it = earlier(receiver.delivered_to(), service_.lookups.account);
    const std::set<std::string> loops =
        stop_loops(message, had_it, is_lmtp() ? Answering::kForEach : Answering::kForAll);
    if (message.recipients.empty()) co_return refuse_message(loop_reply(), owed);
    message.content = std::move(*content);
    message.received_at = received_at_;
    message.message_id = receiver.message_id();
    const Accepted accepted =
        co_await accept(service_.queue, service_.dispatch, std::move(message),
                        service_.sessions.lonely() ? Caller::kMayBlock : Caller::kGoesOn);
    if (accepted.error) co_return refuse_message(storage_reply(accepted.error), owed);
    const Reply queued(250, "2.0.0", "Queued as " + accepted.message->name);
    for (std::size_t i = 0; i < owed; ++i) say(loops.contains(names[i]) ? loop_reply() : queued);
    if (must_flush()) co_await flush();  // the peer waits for this, and nobody for the log
    log_accepted(service_.remember, *accepted.message, {trace_id_, client_, stream_.cipher()});
    std::vector<Attempt> failures = loop_failures(accepted.message);
    if (!failures.empty()) service_.dispatch.settle(std::move(failures));
  }

  tls::Stream stream_;
  Service& service_;
  std::shared_ptr<const Policy> policy_;
  Transaction transaction_;
  std::string client_;  ///< its address
  std::string user_;    ///< of this machine, who is it; "" over the network
  std::shared_ptr<Sessions::Entry> entry_;
  std::string out_;                 ///< replies not written yet
  std::optional<Receiver> chunks_;  ///< of the message that comes by BDAT
  std::string trace_id_;            ///< of the last message
  std::int64_t received_at_ = 0;
  bool hung_ = false;
};

}  // namespace

asio::awaitable<void> serve(tls::Stream stream, Service& service, Port port) {
  Session session(std::move(stream), service, port);
  co_await session.run(port.tls);
}

}  // namespace smtpd

// The client's end of an IMAP dialogue (RFC 9051, RFC 3501), without a socket: octets in, events
// and octets out. It opens the session (greeting, CAPABILITY, STARTTLS, AUTHENTICATE or LOGIN),
// then runs one request after the other, or several at once. Whatever the server sends, memory
// stays bounded by ResponseReader's limits, and nonsense ends the session with `Lost`.
//
// To drive it: write `output()` until it is empty, take the events, then do what `wants()` says:
//
//   for (;;) {
//     while (!client.output().empty()) {
//       co_await stream.write(client.output());
//       client.written();
//     }
//     while (auto event = client.next()) { ... }
//     switch (client.wants()) {
//       case Wants::kInput: co_await stream.fill(); client.feed(stream.buffered());
//                           stream.consume(all of it); break;
//       case Wants::kTls:   co_await stream.handshake_client(context, host);
//                           client.encrypted(bindings of stream); break;
//       case Wants::kClose: co_await stream.close(); return;
//     }
//   }
//
// On a StreamError call `client.lost(what)`.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mail/imap_request.hpp"
#include "mail/imap_response_reader.hpp"
#include "mail/imap_server_response.hpp"
#include "mail/sasl_login.hpp"

namespace mail::imap {

struct ClientOptions {
  /// kRequired: no TLS, no login. kDone: TLS from the first octet; `bindings` are then set.
  enum class Security { kNone, kIfOffered, kRequired, kDone };
  Security security = Security::kRequired;
  std::optional<Login> login;                     ///< none: only what needs no login
  PlainLogin plain_login = PlainLogin::kRefused;  ///< on a connection without TLS
  ChannelBindings bindings;
};

/// What an earlier session learned of the server. It holds while the server greets in the same
/// words.
struct Acquaintance {
  std::string greeting;
  std::vector<std::string> capabilities;  ///< after the login
  /// The server proved then that it can check the password (SCRAM), and this connection is to the
  /// same server beyond doubt (the TLS session was taken up again): PLAIN is said to nobody else,
  /// and needs no answer before the first command.
  bool proved = false;
  bool operator==(const Acquaintance&) const = default;
};

enum class Stage { kConnect, kGreeting, kStartTls, kLogin, kSession };
std::string_view name_of(Stage stage);

/// The session is open: requests run.
struct Opened {};
/// The request that ran is done.
struct Finished {
  Status status;
};
/// The session could not be opened, or ended before its time.
struct Lost {
  Stage stage = Stage::kSession;
  std::string reason;          ///< the server's words, or what went wrong here
  std::optional<Status> said;  ///< when it was the server who refused
};
/// Data and Status: what the server says on the way, asked for or not.
using Event = std::variant<Opened, Data, Status, Finished, Lost>;

class Client {
 public:
  explicit Client(ClientOptions options);

  std::string_view output() const;
  /// All of `output()` is written. Throws what reading a literal throws: the session can then only
  /// be given up (`lost`).
  void written();

  enum class Wants { kInput, kTls, kClose };
  Wants wants() const;

  void feed(std::string_view octets);
  void encrypted(ChannelBindings bindings);
  /// Of a connection that was TLS from its first octet; before the first `feed`.
  void set_bindings(ChannelBindings bindings) { options_.bindings = std::move(bindings); }
  /// Before the first `feed`. What it holds is then not asked again.
  void know(Acquaintance acquaintance) { known_ = std::move(acquaintance); }
  /// For a later session, once this one is open.
  const Acquaintance& acquaintance() const { return met_; }
  void lost(const std::string& why);

  /// Each ends with Finished, in the order given, or all with Lost. kAfterOthers: sent when those
  /// before it are done. kAtOnce: sent while others run, for what neither depends on their answers
  /// nor is ambiguous beside them (RFC 9051 §5.5).
  enum class Turn { kAfterOthers, kAtOnce };
  void run(Request request, Turn turn = Turn::kAfterOthers);
  /// Ends a running IDLE (RFC 2177).
  void end_idle();

  std::optional<Event> next();

  bool has(std::string_view capability) const;
  const std::vector<std::string>& capabilities() const { return capabilities_; }
  /// How mailbox names go over the wire now.
  NameForm name_form() const;

 private:
  enum class State { kOpening, kHandshake, kOpen, kClosed };
  enum class Purpose { kCapability, kStartTls, kAuthenticate, kRequest };

  void take(Response response);
  void take_status(Status status);
  void take_data(Data data);
  void take_continuation(const Continuation& continuation);
  void greeted(const Status& status);
  void finished(const Status& status);
  void start(Purpose purpose, const Request& request);
  void start_next();
  bool may_start_now(const Request& request, const WireForm& form) const;
  WireForm wire_form() const;
  void secure();
  void authenticate();
  std::vector<std::string> usable_mechanisms() const;
  void authenticated(const Status& status);
  void opened();
  void end(Stage stage, std::string reason, std::optional<Status> said = std::nullopt);
  void read_capabilities(std::string_view words);

  ClientOptions options_;
  State state_ = State::kOpening;
  Stage stage_ = Stage::kConnect;
  bool tls_ = false;
  bool logged_in_ = false;
  bool logging_out_ = false;
  std::vector<std::string> capabilities_;  ///< upper case
  bool announced_ = false;                 ///< since the login
  bool utf8_enabled_ = false;

  std::optional<Acquaintance> known_;  ///< reset when the greeting is another
  Acquaintance met_;

  ResponseReader reader_;
  std::optional<SaslLogin> sasl_;
  struct Running {
    Purpose purpose;
    std::string tag;
    std::optional<Status> early{};  ///< it is done, those before it are not (RFC 9051 §5.5)
  };
  std::deque<Running> running_;  ///< the oldest first
  unsigned last_tag_ = 0;
  /// Of IDLE: nothing else runs beside it. kTold: the server has said "+".
  enum class Idle { kNo, kAsked, kTold, kEnding };
  Idle idle_ = Idle::kNo;
  std::deque<WirePiece> out_;
  struct Waiting {
    Request request;
    Turn turn;
  };
  std::deque<Waiting> waiting_;
  std::deque<Event> events_;
};

}  // namespace mail::imap

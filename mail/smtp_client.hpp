// The client's end of an SMTP or LMTP dialogue (RFC 5321, RFC 2033), without a socket: the
// submission of a mail client and the relay of a server are this class and a driver loop. It opens
// the session (greeting, EHLO or HELO, STARTTLS, EHLO again, AUTH), then carries any number of
// messages, and every recipient gets the reply that decided it. It uses what the server offers
// (PIPELINING, CHUNKING, SIZE, 8BITMIME, BINARYMIME, SMTPUTF8, DSN, REQUIRETLS) and converts what
// the server can't take. Recipients who are too many for one transaction go in another at once.
//
// To drive it: write what `output()` gives until that is empty, then do what `wants()` says, and
// repeat. The whole of it, over a Stream:
//
//   Client client(options);
//   client.send(message);                      // or once `wants()` is kNext, again and again
//   for (;;) {
//     while (!client.output().empty()) {
//       co_await stream.write(client.output());
//       client.written();
//     }
//     switch (client.wants()) {
//       case Wants::kLine: line = co_await stream.read_line(kMaxReplyLine);
//                          client.receive(line.text); break;
//       case Wants::kTls:  co_await stream.handshake_client(context, host);
//                          client.encrypted(bindings of stream); break;
//       case Wants::kNext: look at client.outcomes(); client.send(another) or client.quit(); break;
//       case Wants::kClose: co_await stream.close(); return;
//     }
//   }
//
// On a StreamError call `client.lost(what)`: whatever was not decided gets a 4yz reply made here,
// `outcomes()` are complete and `wants()` is kClose. The driver owns message contents and keeps
// them alive until the outcomes are there; replies hold copies.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/sasl_login.hpp"
#include "mail/smtp_extensions.hpp"
#include "mail/smtp_outgoing.hpp"
#include "mail/smtp_reply.hpp"

namespace mail::smtp {

/// What a driver allows a reply line to be; RFC 5321 §4.5.3.1.5 says 512, servers send longer ones.
inline constexpr std::size_t kMaxReplyLine = 4096;

struct ClientOptions {
  /// kRequired: no STARTTLS, no mail (and no login). kDone: the connection was TLS from its first
  /// octet; `bindings` are then set.
  enum class Security { kNone, kIfOffered, kRequired, kDone };

  /// LMTP: LHLO, and a reply for every recipient after the message.
  enum class Protocol { kSmtp, kLmtp };

  std::string hostname = "localhost";  ///< what EHLO says: a domain or an address literal
  Security security = Security::kRequired;
  std::optional<Login> login;
  PlainLogin plain_login = PlainLogin::kRefused;  ///< on a connection without TLS
  ChannelBindings bindings;
  Protocol protocol = Protocol::kSmtp;
};

/// Is the server known to be the one that was meant? kVerified: its certificate proved it.
enum class ServerIdentity { kUnknown, kVerified };

/// Where in the dialogue a reply was given. kContent: after the message's last octet. kQuit is
/// nobody's: by then every recipient is decided.
enum class Stage {
  kConnect,
  kGreeting,
  kHello,
  kStartTls,
  kAuth,
  kMail,
  kRecipient,
  kData,
  kContent,
  kQuit,
};
std::string_view name_of(Stage stage);

/// How it ended for one recipient, in the order of `OutgoingMessage::recipients`. 2yz: the server
/// has taken responsibility; 4yz: try again later; 5yz: never.
struct RecipientOutcome {
  Reply reply;
  Stage stage = Stage::kContent;
  bool local = false;  ///< the reply was made here (connection lost, extension missing), not said
                       ///< by the server
  /// The connection was lost when only the last reply was missing: the message may have been taken,
  /// and sent again at once may arrive twice.
  bool unknown = false;
  /// Refused for what this server lacks; another one for the same domain may have it.
  bool host_lacks = false;
};

/// Why the session can't carry mail.
struct SessionFailure {
  Reply reply;
  Stage stage = Stage::kConnect;
  bool local = false;
};

struct Dialogue;

class Client {
 public:
  explicit Client(ClientOptions options);
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  /// What to write next, "" when it is the server's turn. Valid until the next non-const call;
  /// large contents come in pieces, BDAT straight from the message.
  std::string_view output() const;
  /// All of `output()` is written. This and `receive` throw what reading the content throws: the
  /// session can then only be given up (`lost`).
  void written();

  enum class Wants {
    kLine,  ///< the next line of the server, given to `receive`
    kTls,   ///< a handshake, then `encrypted`
    kNext,  ///< nothing: session open and idle; `send` or `quit`
    kClose  ///< to be closed: after QUIT, 421, a failure
  };
  Wants wants() const;

  /// A line without its CRLF.
  void receive(std::string_view line);
  /// The handshake after kTls succeeded.
  void encrypted(ChannelBindings bindings, ServerIdentity identity = ServerIdentity::kUnknown);
  /// The connection ended, timed out, or the handshake failed.
  void lost(const std::string& why);

  /// Hands over a message. Allowed before the session is open (then sent once it is) and whenever
  /// `wants()` is kNext. Resets `outcomes()`.
  void send(OutgoingMessage message);
  /// Ends the session once it is idle.
  void quit();

  /// One for every recipient; whole when `wants()` is kNext or kClose.
  const std::vector<RecipientOutcome>& outcomes() const;
  /// Set when the session could not be opened; every recipient then has this reply too.
  const std::optional<SessionFailure>& failure() const;
  /// What the server last announced in answer to EHLO.
  const Extensions& extensions() const;
  /// Whose reply is awaited: what a driver's patience depends on (RFC 5321 §4.5.3.2).
  Stage stage() const;

 private:
  std::unique_ptr<Dialogue> dialogue_;
};

}  // namespace mail::smtp

// What is said in an SMTP session and what becomes of it: the state behind Client, a command at a
// time (RFC 5321 §4.1.1, pipelined by RFC 2920; RFC 2033). smtp_dialogue.cpp opens and ends the
// session, smtp_dialogue_message.cpp carries messages. Private to the room: Client is its face and
// owns it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/smtp_client.hpp"
#include "mail/smtp_content.hpp"

namespace mail::smtp {

struct Dialogue {
  enum class Verb {
    kGreeting,
    kEhlo,
    kHelo,
    kStartTls,
    kAuth,
    kReset,
    kMail,
    kRecipient,
    kData,
    kContent,
    kQuit,
  };

  /// A command, sent or to be sent; its reply finds it in order.
  struct Command {
    Verb verb = Verb::kGreeting;
    std::string line;
    std::size_t recipient = 0;
  };

  enum class State { kOpening, kHandshake, kIdle, kTransaction, kQuitting, kClosed };
  /// kLater: too many for this transaction, to be named in the next.
  enum class Standing { kOpen, kAccepted, kLater, kDecided };

  explicit Dialogue(ClientOptions client_options) : options(std::move(client_options)) {
    tls = options.security == ClientOptions::Security::kDone;
    awaited.push_back({Verb::kGreeting, "", 0});
  }

  ClientOptions options;
  State state = State::kOpening;
  bool tls = false;
  ServerIdentity identity = ServerIdentity::kUnknown;
  bool heard = false;  ///< the server said anything at all
  bool quit_asked = false;
  bool needs_reset = false;
  Extensions extensions;
  std::optional<SessionFailure> failure;
  std::optional<SaslLogin> login;

  ReplyParser parser;
  std::deque<Command> waiting;           ///< to be sent
  std::deque<Command> awaited;           ///< sent, without a reply
  std::string out;                       ///< to be written before `content`
  std::optional<ContentPieces> content;  ///< of `message` and `fitted`, which outlive it

  std::optional<OutgoingMessage> message;
  FittedMessage fitted;  ///< `message` as this server takes it
  bool taken = false;    ///< the transaction ended well for somebody
  std::vector<RecipientOutcome> outcomes;
  std::vector<Standing> standings;
  std::size_t open_recipients = 0;  ///< RCPT sent or waiting, without a reply

  void receive(std::string_view line);
  void handle(const Command& command, Reply reply);
  void pump();
  void enqueue(Verb verb, std::string line, std::size_t recipient = 0);

  void say_hello();
  void greeted(const Reply& reply);
  void hello_answered(Verb verb, const Reply& reply);
  void secure();
  void starttls_answered(const Reply& reply);
  void authenticate();
  void auth_answered(const Reply& reply);
  void ready();

  void begin();
  void begin_transaction();
  void mail_answered(const Reply& reply);
  void recipient_answered(std::size_t recipient, const Reply& reply);
  void recipients_answered();
  void data_answered(const Reply& reply);
  void send_content(ContentPieces::Form form);
  void content_answered(std::size_t recipient, const Reply& reply);
  void finish_when_quiet();
  bool begin_rest();
  std::optional<Reply> objection_to_connection() const;

  bool anyone(Standing standing) const;
  void decide(std::size_t recipient, RecipientOutcome outcome);
  void decide_rest(const RecipientOutcome& outcome);
  void fail(Stage stage, Reply reply, bool local);
  void close(const RecipientOutcome& outcome);
  void lost(const std::string& why);
  Stage stage() const;
};

}  // namespace mail::smtp

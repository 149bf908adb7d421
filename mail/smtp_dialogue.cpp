#include "mail/smtp_dialogue.hpp"

namespace mail::smtp {

namespace {

using DialogueVerb = Dialogue::Verb;

Stage stage_of(DialogueVerb verb) {
  switch (verb) {
    case DialogueVerb::kGreeting: return Stage::kGreeting;
    case DialogueVerb::kEhlo:
    case DialogueVerb::kHelo: return Stage::kHello;
    case DialogueVerb::kStartTls: return Stage::kStartTls;
    case DialogueVerb::kAuth: return Stage::kAuth;
    case DialogueVerb::kReset:
    case DialogueVerb::kMail: return Stage::kMail;
    case DialogueVerb::kRecipient: return Stage::kRecipient;
    case DialogueVerb::kData: return Stage::kData;
    case DialogueVerb::kContent: return Stage::kContent;
    case DialogueVerb::kQuit: break;
  }
  return Stage::kQuit;
}

// No answer from the host, a cryptographic failure, a bad connection            RFC 3463 §3.5, §3.8
std::string status_of_loss(Stage stage) {
  if (stage == Stage::kConnect) return "4.4.1";
  return stage == Stage::kStartTls ? "4.7.5" : "4.4.2";
}

// How many commands may be unanswered: enough to hide the round trip, few enough that their replies
// fit in any socket's buffer, so that both ends can't wait for each other (RFC 2920 §3.1).
constexpr std::size_t kWindow = 100;

// RFC 5321 §4.5.3.1.4, with CRLF. RFC 4954 §4 holds AUTH with its initial response to it.
constexpr std::size_t kMaxCommandLine = 512;

}  // namespace

// --- The session ---

void Dialogue::enqueue(DialogueVerb verb, std::string line, std::size_t recipient) {
  waiting.push_back({verb, std::move(line), recipient});
}

/// Moves commands to `out` as far as the server lets them run ahead of its replies.
void Dialogue::pump() {
  const std::size_t window = extensions.pipelining ? kWindow : 1;
  while (!waiting.empty() && awaited.size() < window) {
    out += waiting.front().line + "\r\n";
    awaited.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
}

void Dialogue::receive(std::string_view line) {
  if (state == State::kClosed) return;
  heard = true;
  auto parsed = parser.add_line(line);
  if (!parsed) return lost(parsed.error());
  if (!*parsed) return;
  if (awaited.empty()) return lost("the server spoke out of turn: " + to_line(**parsed));
  const Command command = std::move(awaited.front());
  awaited.pop_front();
  handle(command, std::move(**parsed));
  pump();
}

void Dialogue::handle(const Command& command, Reply reply) {
  if (command.verb == DialogueVerb::kQuit) {
    state = State::kClosed;
    return;
  }
  // 421 may answer any command: the server is closing (RFC 5321 §3.8).
  if (reply.code == 421) return close({std::move(reply), stage_of(command.verb), false});
  switch (command.verb) {
    case DialogueVerb::kGreeting: return greeted(reply);
    case DialogueVerb::kEhlo:
    case DialogueVerb::kHelo: return hello_answered(command.verb, reply);
    case DialogueVerb::kStartTls: return starttls_answered(reply);
    case DialogueVerb::kAuth: return auth_answered(reply);
    case DialogueVerb::kReset:
      if (!reply.positive()) close({Reply(451, "4.5.0", to_line(reply)), Stage::kMail, true});
      return;
    case DialogueVerb::kMail: return mail_answered(reply);
    case DialogueVerb::kRecipient: return recipient_answered(command.recipient, reply);
    case DialogueVerb::kData: return data_answered(reply);
    case DialogueVerb::kContent: return content_answered(command.recipient, reply);
    case DialogueVerb::kQuit: return;
  }
}

void Dialogue::greeted(const Reply& reply) {
  if (reply.code != 220) return fail(Stage::kGreeting, reply, false);
  say_hello();
}

void Dialogue::say_hello() {
  const bool lmtp = options.protocol == ClientOptions::Protocol::kLmtp;
  enqueue(DialogueVerb::kEhlo, (lmtp ? "LHLO " : "EHLO ") + options.hostname);
}

// Servers from before RFC 1869 refuse EHLO as an unknown command (RFC 5321 §3.2).
void Dialogue::hello_answered(DialogueVerb verb, const Reply& reply) {
  const bool smtp = options.protocol == ClientOptions::Protocol::kSmtp;
  if (verb == DialogueVerb::kEhlo && reply.permanent() && smtp) {
    return enqueue(DialogueVerb::kHelo, "HELO " + options.hostname);
  }
  if (!reply.positive()) return fail(Stage::kHello, reply, false);
  extensions = verb == DialogueVerb::kEhlo ? parse_extensions(reply) : Extensions{};
  secure();
}

void Dialogue::secure() {
  using Security = ClientOptions::Security;
  if (tls || options.security == Security::kNone) return authenticate();
  if (extensions.starttls) return enqueue(DialogueVerb::kStartTls, "STARTTLS");
  if (options.security == Security::kIfOffered) return authenticate();
  fail(Stage::kStartTls, Reply(451, "4.7.4", "The server does not offer STARTTLS"), true);
}

void Dialogue::starttls_answered(const Reply& reply) {
  if (reply.code == 220) {
    state = State::kHandshake;
  } else if (options.security == ClientOptions::Security::kIfOffered) {
    authenticate();
  } else {
    fail(Stage::kStartTls, reply, false);
  }
}

void Dialogue::authenticate() {
  if (!options.login) return ready();
  const PlainLogin plain = tls ? PlainLogin::kAllowed : options.plain_login;
  login = SaslLogin::choose(extensions.auth, *options.login, options.bindings, plain);
  if (!login) {
    return fail(Stage::kAuth,
                Reply(504, "5.5.4",
                      extensions.auth.empty() ? "The server does not offer AUTH"
                                              : "The server offers no login that is safe here"),
                true);
  }
  std::string line = "AUTH " + login->mechanism();
  if (auto initial = login->initial_response()) {
    if (line.size() + 1 + initial->size() + 2 <= kMaxCommandLine) {
      line += " " + *initial;
    } else {
      login->hold_initial_response(std::move(*initial));
    }
  }
  enqueue(DialogueVerb::kAuth, std::move(line));
}

void Dialogue::auth_answered(const Reply& reply) {
  if (reply.code == 334) return enqueue(DialogueVerb::kAuth, login->answer(reply.lines.front()));
  const bool trusted = !login->gave_up() && login->server_proved();
  if (reply.positive() && trusted) return ready();
  if (reply.positive() || login->gave_up()) {
    return fail(Stage::kAuth,
                Reply(535, "5.7.8", "The server could not prove that it knows the password"), true);
  }
  fail(Stage::kAuth, reply, false);
}

void Dialogue::ready() {
  state = State::kIdle;
  if (message) return begin();
  if (quit_asked) {
    state = State::kQuitting;
    enqueue(DialogueVerb::kQuit, "QUIT");
  }
}

// --- The end ---

/// The session can't be opened; the server is told good-bye.
void Dialogue::fail(Stage stage, Reply reply, bool local) {
  failure = SessionFailure{std::move(reply), stage, local};
  decide_rest({failure->reply, stage, local});
  message.reset();
  waiting.clear();
  state = State::kQuitting;
  enqueue(DialogueVerb::kQuit, "QUIT");
}

void Dialogue::close(const RecipientOutcome& outcome) {
  const bool opening = state == State::kOpening || state == State::kHandshake;
  if (opening) failure = SessionFailure{outcome.reply, outcome.stage, outcome.local};
  decide_rest(outcome);
  content.reset();
  message.reset();
  waiting.clear();
  awaited.clear();
  out.clear();
  state = State::kClosed;
}

Stage Dialogue::stage() const {
  if (!heard) return Stage::kConnect;
  if (state == State::kHandshake) return Stage::kStartTls;
  return awaited.empty() ? Stage::kMail : stage_of(awaited.front().verb);
}

// Who was accepted and waits for the last reply alone may have the message (RFC 5321 §4.5.3.2.6,
// RFC 1047).
void Dialogue::lost(const std::string& why) {
  if (state == State::kClosed) return;
  const RecipientOutcome lost{Reply(451, status_of_loss(stage()), why), stage(), true};
  const bool maybe_taken = !awaited.empty() && awaited.front().verb == DialogueVerb::kContent &&
                           content && content->piece().empty();
  for (std::size_t i = 0; maybe_taken && i < standings.size(); ++i) {
    if (standings[i] != Standing::kAccepted) continue;
    RecipientOutcome unknown = lost;
    unknown.reply.lines = {why + " (the message may have been taken)"};
    unknown.unknown = true;
    decide(i, std::move(unknown));
  }
  close(lost);
}

}  // namespace mail::smtp

#include "mail/smtp_dialogue.hpp"

#include <algorithm>
#include <iterator>

namespace mail::smtp {

namespace {

using Verb = Dialogue::Verb;

Stage stage_of(Verb verb) {
  switch (verb) {
    case Verb::kGreeting: return Stage::kGreeting;
    case Verb::kEhlo:
    case Verb::kHelo: return Stage::kHello;
    case Verb::kStartTls: return Stage::kStartTls;
    case Verb::kAuth: return Stage::kAuth;
    case Verb::kReset:
    case Verb::kMail: return Stage::kMail;
    case Verb::kRecipient: return Stage::kRecipient;
    case Verb::kData:
    case Verb::kContent:
    case Verb::kQuit: return Stage::kContent;
  }
  return Stage::kContent;
}

// How many commands may be unanswered: enough to hide the round trip, few enough that their replies
// fit in any socket's buffer, so that both ends can't wait for each other (RFC 2920 §3.1).
constexpr std::size_t kWindow = 100;

// RFC 5321 §4.5.3.1.4, with CRLF. RFC 4954 §4 holds AUTH with its initial response to it.
constexpr std::size_t kMaxCommandLine = 512;

}  // namespace

// --- The session ---

void Dialogue::enqueue(Verb verb, std::string line, std::size_t recipient) {
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
  if (command.verb == Verb::kQuit) {
    state = State::kClosed;
    return;
  }
  // 421 may answer any command: the server is closing (RFC 5321 §3.8).
  if (reply.code == 421) return close({std::move(reply), stage_of(command.verb), false});
  switch (command.verb) {
    case Verb::kGreeting: return greeted(reply);
    case Verb::kEhlo:
    case Verb::kHelo: return hello_answered(command.verb, reply);
    case Verb::kStartTls: return starttls_answered(reply);
    case Verb::kAuth: return auth_answered(reply);
    case Verb::kReset:
      if (!reply.positive()) close({Reply(451, "4.5.0", to_line(reply)), Stage::kMail, true});
      return;
    case Verb::kMail: return mail_answered(reply);
    case Verb::kRecipient: return recipient_answered(command.recipient, reply);
    case Verb::kData: return data_answered(reply);
    case Verb::kContent: return content_answered(reply);
    case Verb::kQuit: return;
  }
}

void Dialogue::greeted(const Reply& reply) {
  if (reply.code != 220) return fail(Stage::kGreeting, reply, false);
  enqueue(Verb::kEhlo, "EHLO " + options.hostname);
}

// Servers from before RFC 1869 refuse EHLO as an unknown command (RFC 5321 §3.2).
void Dialogue::hello_answered(Verb verb, const Reply& reply) {
  if (verb == Verb::kEhlo && reply.permanent()) {
    return enqueue(Verb::kHelo, "HELO " + options.hostname);
  }
  if (!reply.positive()) return fail(Stage::kHello, reply, false);
  extensions = verb == Verb::kEhlo ? parse_extensions(reply) : Extensions{};
  secure();
}

void Dialogue::secure() {
  using Security = ClientOptions::Security;
  if (tls || options.security == Security::kNone) return authenticate();
  if (extensions.starttls) return enqueue(Verb::kStartTls, "STARTTLS");
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
  enqueue(Verb::kAuth, std::move(line));
}

void Dialogue::auth_answered(const Reply& reply) {
  if (reply.code == 334) return enqueue(Verb::kAuth, login->answer(reply.lines.front()));
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
    enqueue(Verb::kQuit, "QUIT");
  }
}

// --- A message ---

void Dialogue::begin() {
  state = State::kTransaction;
  open_recipients = 0;
  const auto mail = mail_line(*message, extensions);
  if (!mail) {
    decide_rest({mail.error(), Stage::kMail, true});
    return finish_when_quiet();
  }
  std::deque<Command> recipients;
  for (std::size_t i = 0; i < message->recipients.size(); ++i) {
    auto line = rcpt_line(message->recipients[i], extensions);
    if (line) {
      recipients.push_back({Verb::kRecipient, std::move(*line), i});
    } else {
      decide(i, {line.error(), Stage::kRecipient, true});
    }
  }
  if (recipients.empty()) return finish_when_quiet();
  if (needs_reset) enqueue(Verb::kReset, "RSET");
  needs_reset = true;
  enqueue(Verb::kMail, *mail);
  open_recipients = recipients.size();
  std::move(recipients.begin(), recipients.end(), std::back_inserter(waiting));
  if (!extensions.chunking) enqueue(Verb::kData, "DATA");
}

void Dialogue::mail_answered(const Reply& reply) {
  if (reply.positive()) return;
  waiting.clear();
  decide_rest({reply, Stage::kMail, false});
  finish_when_quiet();
}

void Dialogue::recipient_answered(std::size_t recipient, const Reply& reply) {
  --open_recipients;
  if (standings[recipient] != Standing::kOpen) return finish_when_quiet();
  if (reply.positive()) {
    standings[recipient] = Standing::kAccepted;
  } else {
    decide(recipient, {reply, Stage::kRecipient, false});
  }
  if (open_recipients > 0) return;
  if (!anyone(Standing::kAccepted)) {
    waiting.clear();
    return finish_when_quiet();
  }
  if (extensions.chunking) {
    content.emplace(message->content, ContentPieces::Form::kBdat);
    awaited.push_back({Verb::kContent, "", 0});
  }
}

void Dialogue::data_answered(const Reply& reply) {
  const bool go_on = reply.code == 354;
  if (!go_on) {
    decide_rest({reply, Stage::kContent, false});
    return finish_when_quiet();
  }
  // A pipelined DATA can be let in though every recipient was refused (RFC 2920 §3.1): it is then
  // answered with an empty message, which nobody gets.
  const bool wanted = anyone(Standing::kAccepted);
  content.emplace(wanted ? message->content : std::string_view{}, ContentPieces::Form::kData);
  awaited.push_back({Verb::kContent, "", 0});
}

void Dialogue::content_answered(const Reply& reply) {
  content.reset();
  needs_reset = !reply.positive();
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i] != Standing::kAccepted) continue;
    standings[i] = Standing::kDecided;
    outcomes[i] = {reply, Stage::kContent, false};
  }
  finish_when_quiet();
}

void Dialogue::finish_when_quiet() {
  if (!awaited.empty() || !waiting.empty()) return;
  message.reset();
  ready();
}

bool Dialogue::anyone(Standing standing) const {
  return std::find(standings.begin(), standings.end(), standing) != standings.end();
}

/// For what is no success: a reply that makes no sense here counts as a refusal for now.
void Dialogue::decide(std::size_t recipient, RecipientOutcome outcome) {
  if (standings[recipient] == Standing::kDecided) return;
  if (!outcome.reply.transient() && !outcome.reply.permanent()) {
    outcome.reply = Reply(451, "4.5.0", "Unexpected reply: " + to_line(outcome.reply));
    outcome.local = true;
  }
  standings[recipient] = Standing::kDecided;
  outcomes[recipient] = std::move(outcome);
}

void Dialogue::decide_rest(const RecipientOutcome& outcome) {
  for (std::size_t i = 0; i < standings.size(); ++i) decide(i, outcome);
}

// --- The end ---

/// The session can't be opened; the server is told good-bye.
void Dialogue::fail(Stage stage, Reply reply, bool local) {
  failure = SessionFailure{std::move(reply), stage, local};
  decide_rest({failure->reply, stage, local});
  message.reset();
  waiting.clear();
  state = State::kQuitting;
  enqueue(Verb::kQuit, "QUIT");
}

void Dialogue::close(const RecipientOutcome& outcome) {
  const bool opening = state == State::kOpening || state == State::kHandshake;
  if (opening) failure = SessionFailure{outcome.reply, outcome.stage, outcome.local};
  decide_rest(outcome);
  message.reset();
  waiting.clear();
  awaited.clear();
  content.reset();
  out.clear();
  state = State::kClosed;
}

Stage Dialogue::stage() const {
  if (!heard) return Stage::kConnect;
  if (state == State::kHandshake) return Stage::kStartTls;
  return awaited.empty() ? Stage::kMail : stage_of(awaited.front().verb);
}

void Dialogue::lost(const std::string& why) {
  if (state == State::kClosed) return;
  const bool maybe_taken = !awaited.empty() && awaited.front().verb == Verb::kContent && content &&
                           content->piece().empty();
  close({Reply(451, "4.4.2", maybe_taken ? why + " (the message may have been taken)" : why),
         stage(), true});
}

}  // namespace mail::smtp

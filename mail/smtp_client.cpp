#include "mail/smtp_client.hpp"

#include <utility>

#include "mail/smtp_dialogue.hpp"

namespace mail::smtp {

std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::kConnect: return "connecting";
    case Stage::kGreeting: return "the greeting";
    case Stage::kHello: return "EHLO";
    case Stage::kStartTls: return "STARTTLS";
    case Stage::kAuth: return "AUTH";
    case Stage::kMail: return "MAIL";
    case Stage::kRecipient: return "RCPT";
    case Stage::kData: return "DATA";
    case Stage::kContent: return "the message";
    case Stage::kQuit: return "QUIT";
  }
  return "";
}

Client::Client(ClientOptions options) : dialogue_(std::make_unique<Dialogue>(std::move(options))) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

std::string_view Client::output() const {
  if (!dialogue_->out.empty()) return dialogue_->out;
  return dialogue_->content ? dialogue_->content->piece() : std::string_view{};
}

void Client::written() {
  if (!dialogue_->out.empty()) {
    dialogue_->out.clear();
  } else if (dialogue_->content) {
    dialogue_->content->next();
  }
}

Client::Wants Client::wants() const {
  switch (dialogue_->state) {
    case Dialogue::State::kHandshake: return Wants::kTls;
    case Dialogue::State::kIdle: return Wants::kNext;
    case Dialogue::State::kClosed: return Wants::kClose;
    default: return Wants::kLine;
  }
}

void Client::receive(std::string_view line) { dialogue_->receive(line); }

// What was learned before the handshake is forgotten (RFC 3207 §4.2).
void Client::encrypted(ChannelBindings bindings, ServerIdentity identity) {
  dialogue_->tls = true;
  dialogue_->identity = identity;
  dialogue_->options.bindings = std::move(bindings);
  dialogue_->extensions = {};
  dialogue_->parser = {};
  dialogue_->state = Dialogue::State::kOpening;
  dialogue_->say_hello();
  dialogue_->pump();
}

void Client::lost(const std::string& why) { dialogue_->lost(why); }

void Client::send(OutgoingMessage message) {
  const std::size_t count = message.recipients.size();
  dialogue_->outcomes.assign(count, {});
  dialogue_->standings.assign(count, Dialogue::Standing::kOpen);
  if (dialogue_->failure) {
    return dialogue_->decide_rest(
        {dialogue_->failure->reply, dialogue_->failure->stage, dialogue_->failure->local});
  }
  if (dialogue_->state == Dialogue::State::kClosed ||
      dialogue_->state == Dialogue::State::kQuitting) {
    return dialogue_->decide_rest(
        {Reply(451, "4.4.2", "The session is closed"), Stage::kMail, true});
  }
  dialogue_->message = std::move(message);
  if (dialogue_->state != Dialogue::State::kIdle) return;
  dialogue_->begin();
  dialogue_->pump();
}

void Client::quit() {
  dialogue_->quit_asked = true;
  if (dialogue_->state != Dialogue::State::kIdle) return;
  dialogue_->ready();
  dialogue_->pump();
}

const std::vector<RecipientOutcome>& Client::outcomes() const { return dialogue_->outcomes; }
const std::optional<SessionFailure>& Client::failure() const { return dialogue_->failure; }
const Extensions& Client::extensions() const { return dialogue_->extensions; }
Stage Client::stage() const { return dialogue_->stage(); }

}  // namespace mail::smtp

// The part of the dialogue that carries a message: one transaction, or more where a server takes
// fewer recipients at a time.
#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "mail/smtp_dialogue.hpp"

namespace mail::smtp {

namespace {

// Of the reply that decides for everybody the server has accepted.
constexpr std::size_t kEverybody = std::numeric_limits<std::size_t>::max();

/// Does it refuse only because the transaction has recipients enough? 552 is what older servers
/// say (RFC 5321 §4.5.3.1.10); without an enhanced code to tell, a full mailbox answers the same.
bool too_many_recipients(const Reply& reply) {
  if (reply.code != 552 && !reply.transient()) return false;
  if (reply.enhanced.empty()) return reply.code == 452 || reply.code == 552;
  return reply.enhanced.ends_with(".5.3");
}

/// A refusal made here. 501 is about the message's own envelope, anything else about the server.
RecipientOutcome refused_here(const Reply& reply, Stage stage) {
  RecipientOutcome outcome{reply, stage, true};
  outcome.host_lacks = reply.code != 501;
  return outcome;
}

}  // namespace

// RFC 8689 §4.2.1: who demanded TLS gets it from a server that is the right one and that will
// demand it in turn, or gets the message back.
std::optional<Reply> Dialogue::objection_to_connection() const {
  if (!message->requiretls) return std::nullopt;
  const auto refused = [](const char* why) {
    return Reply(550, "5.7.30", std::string("REQUIRETLS support required: the server ") + why);
  };
  if (!tls) return refused("was not reached by TLS");
  if (identity != ServerIdentity::kVerified) return refused("has not proved who it is");
  if (!extensions.requiretls) return refused("does not offer it");
  return std::nullopt;
}

void Dialogue::begin() {
  auto fits = fit(*message, extensions);
  const auto objection = objection_to_connection();
  if (objection || !fits) {
    state = State::kTransaction;
    decide_rest(refused_here(objection ? *objection : fits.error(), Stage::kMail));
    return finish_when_quiet();
  }
  fitted = std::move(*fits);
  begin_transaction();
}

void Dialogue::begin_transaction() {
  state = State::kTransaction;
  taken = false;
  open_recipients = 0;
  const auto mail = mail_line(*message, fitted, extensions);
  if (!mail) {
    decide_rest(refused_here(mail.error(), Stage::kMail));
    return finish_when_quiet();
  }
  std::deque<Command> recipients;
  for (std::size_t i = 0; i < message->recipients.size(); ++i) {
    if (standings[i] != Standing::kOpen) continue;
    auto line = rcpt_line(message->recipients[i], extensions);
    if (line) {
      recipients.push_back({Verb::kRecipient, std::move(*line), i});
    } else {
      decide(i, refused_here(line.error(), Stage::kRecipient));
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
  } else if (anyone(Standing::kAccepted) && too_many_recipients(reply)) {
    standings[recipient] = Standing::kLater;
    outcomes[recipient] = {reply, Stage::kRecipient, false};
  } else {
    decide(recipient, {reply, Stage::kRecipient, false});
  }
  if (open_recipients == 0) recipients_answered();
}

void Dialogue::recipients_answered() {
  if (!anyone(Standing::kAccepted)) {
    waiting.clear();
    return finish_when_quiet();
  }
  if (extensions.chunking) send_content(ContentPieces::Form::kBdat);
}

void Dialogue::data_answered(const Reply& reply) {
  if (reply.code != 354) {
    decide_rest({reply, Stage::kData, false});
    return finish_when_quiet();
  }
  send_content(ContentPieces::Form::kData);
}

// A pipelined DATA can be let in though every recipient was refused (RFC 2920 §3.1): it is then
// answered with an empty message, which nobody gets. An LMTP server must not let it in, and how
// many replies to wait for would be unknown (RFC 2033 §4.2).
void Dialogue::send_content(ContentPieces::Form form) {
  const bool lmtp = options.protocol == ClientOptions::Protocol::kLmtp;
  if (!anyone(Standing::kAccepted)) {
    if (lmtp) return lost("the server takes a message for nobody");
    content.emplace("", "", form);
    return awaited.push_back({Verb::kContent, "", kEverybody});
  }
  if (fitted.converted) {
    content.emplace(message->head, *fitted.converted, form);
  } else if (message->pieces) {
    content.emplace(message->head, message->pieces, form);
  } else {
    content.emplace(message->head, message->content, form);
  }
  if (!lmtp) return awaited.push_back({Verb::kContent, "", kEverybody});
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i] == Standing::kAccepted) awaited.push_back({Verb::kContent, "", i});
  }
}

void Dialogue::content_answered(std::size_t recipient, const Reply& reply) {
  // Yes to what was not said whole can't be meant for it.
  const bool early = content && !content->piece().empty();
  const bool yes = reply.positive() && !early;
  if (yes) taken = true;
  needs_reset = !reply.positive();
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i] != Standing::kAccepted || (recipient != kEverybody && recipient != i))
      continue;
    if (yes) {
      standings[i] = Standing::kDecided;
      outcomes[i] = {reply, Stage::kContent, false};
    } else {
      decide(i, {reply, Stage::kContent, false});
    }
  }
  finish_when_quiet();
}

void Dialogue::finish_when_quiet() {
  if (!awaited.empty() || !waiting.empty()) return;
  content.reset();
  if (begin_rest()) return;
  message.reset();
  fitted = {};
  ready();
}

/// The recipients who were too many, in a transaction of their own; where this one failed, that of
/// the next attempt will do.
bool Dialogue::begin_rest() {
  if (!anyone(Standing::kLater)) return false;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i] != Standing::kLater) continue;
    standings[i] = taken ? Standing::kOpen : Standing::kDecided;
    if (!taken) outcomes[i].reply = Reply(452, "4.5.3", to_line(outcomes[i].reply));
  }
  if (!taken) return false;
  begin_transaction();
  return true;
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

}  // namespace mail::smtp

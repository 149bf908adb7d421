#include "smtpd/transaction.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mailstore/expansion.hpp"
#include "smtpd/extensions.hpp"

namespace smtpd {

namespace {

namespace command = mail::smtp;

// Clients that only make mistakes are broken or looking for addresses or passwords.
constexpr unsigned kMaxErrors = 100;
constexpr unsigned kMaxFailedLogins = 10;

Reply bad_sequence(std::string text) { return Reply(503, "5.5.1", std::move(text)); }

/// What stands against delivering to the address here.
std::optional<Reply> objection_to(const mail::Address& recipient,
                                  const mailstore::Resolution& where) {
  if (!where.whole) {
    return Reply(550, "5.4.6",
                 fmt::format("<{}> leads through too many aliases", recipient.to_string()));
  }
  if (where.known()) return std::nullopt;
  if (mail::is_srs(recipient.local)) {
    return Reply(550, "5.7.1",
                 fmt::format("<{}> was not made here, or too long ago", recipient.to_string()));
  }
  return Reply(550, "5.1.1", fmt::format("<{}> is not known here", recipient.to_string()));
}

int code_of(const Action& action) {
  const Say* say = std::get_if<Say>(&action);
  const DropChunk* drop = std::get_if<DropChunk>(&action);
  return say ? say->reply.code : drop ? drop->reply.code : 0;
}

}  // namespace

Transaction::Transaction(std::shared_ptr<const Policy> policy, Role role, Lookups lookups)
    : policy_(std::move(policy)), role_(role), lookups_(std::move(lookups)) {}

Reply Transaction::greeting() const {
  return Reply(220, "",
               policy_->hostname + (role_ == Role::kLmtp ? " LMTP Pabal" : " ESMTP Pabal"));
}

Reply Transaction::need_hello() const {
  return bad_sequence(role_ == Role::kLmtp ? "Say LHLO first" : "Say EHLO first");
}

Reply Transaction::no_recipients() const {
  // RFC 2033 §4.2 wants 503, where RFC 5321 §3.3 has 554.
  return Reply(role_ == Role::kLmtp ? 503 : 554, "5.5.1", "No valid recipients");
}

Action Transaction::answer(std::string_view line) {
  auto parsed = command::parse_command(line);
  if (!parsed) return counted(Say{parsed.error()});
  return counted(std::visit([this](const auto& command) { return decide(command); }, *parsed));
}

Action Transaction::refuse_line(std::string_view why) {
  return counted(Say{Reply(500, "5.5.2", std::string(why))});
}

Action Transaction::counted(Action action) {
  if (code_of(action) / 100 != 5 || ++errors_ < kMaxErrors) return action;
  return Hang{Reply(421, "4.7.0", policy_->hostname + " closes: too many errors")};
}

void Transaction::secured(Channel channel) {
  reset();
  hello_ = Hello::kNone;
  client_name_.clear();
  account_ = {};
  channel_ = std::move(channel);
}

void Transaction::reset() {
  stage_ = Stage::kIdle;
  envelope_ = {};
  accepted_.clear();
}

mailstore::QueuedMessage Transaction::take_envelope() {
  mailstore::QueuedMessage taken = std::move(envelope_);
  reset();
  return taken;
}

Action Transaction::decide(const command::Helo& helo) {
  if (role_ == Role::kLmtp) return Say{Reply(500, "5.5.1", "This is LMTP; say LHLO")};
  reset();
  hello_ = Hello::kHelo;
  client_name_ = helo.name;
  return Say{Reply(250, "", policy_->hostname)};
}

// Clears all state as RSET does (RFC 5321 §4.1.4).
Action Transaction::decide(const command::Ehlo& ehlo) {
  if (role_ == Role::kLmtp) return Say{Reply(500, "5.5.1", "This is LMTP; say LHLO")};
  return greeted(ehlo.name);
}

// Neither takes the other's greeting, so that a client set up wrongly learns of it (RFC 2033 §4.1).
Action Transaction::decide(const command::Lhlo& lhlo) {
  if (role_ != Role::kLmtp) return Say{Reply(500, "5.5.1", "This is not LMTP; say EHLO")};
  return greeted(lhlo.name);
}

Action Transaction::greeted(const std::string& client_name) {
  reset();
  hello_ = Hello::kEhlo;
  client_name_ = client_name;
  return Say{announce(*policy_, channel_, client_name)};
}

std::optional<Reply> Transaction::objection_to_mail(const command::MailFrom& mail) const {
  if (hello_ == Hello::kNone) return need_hello();
  if (stage_ != Stage::kIdle) return bad_sequence("A message is under way; RSET gives it up");
  if (role_ == Role::kSubmission && !authenticated()) {
    return encrypted() || !channel_.mechanisms.empty()
               ? Reply(530, "5.7.0", "Authentication required")
               : Reply(530, "5.7.0", "Must issue a STARTTLS command first");
  }
  // Announced over TLS alone: what came in the clear was seen already (RFC 8689 §4.1).
  if (mail.requiretls && !encrypted()) {
    return Reply(530, "5.7.10", "REQUIRETLS needs TLS; issue a STARTTLS command first");
  }
  if (mail.size.value_or(0) > policy_->max_message_size) {
    return Reply(552, "5.3.4",
                 fmt::format("A message may have {} octets", policy_->max_message_size));
  }
  return objection_to_sender(mail.sender);
}

// The null sender is for what no answer may come back to: receipts and reports. Thunderbird sends
// its read receipts so.
std::optional<Reply> Transaction::objection_to_sender(const mail::Address& sender) const {
  if (sender.is_null()) return std::nullopt;
  if (role_ == Role::kSubmission && !lookups_.may_send_as(account_.id, sender)) {
    return Reply(553, "5.7.1",
                 fmt::format("{} may not send as <{}>", account_.address, sender.to_string()));
  }
  if (role_ != Role::kLocal) return std::nullopt;
  const auto is_local = [this](const mail::Address& address) {
    return lookups_.resolve(address).domain_is_local;
  };
  if (user_ && may_send_as(*user_, sender, {is_local, lookups_.account, lookups_.may_send_as})) {
    return std::nullopt;
  }
  return Reply(550, "5.7.1",
               fmt::format("{} may not send as <{}>", user_ ? user_->name : "An unknown user",
                           sender.to_string()));
}

Action Transaction::decide(const command::MailFrom& mail) {
  if (auto objection = objection_to_mail(mail)) return Say{*objection};
  stage_ = Stage::kMail;
  declared_size_ = mail.size.value_or(0);
  envelope_.sender = mail.sender;
  envelope_.login = user_ ? user_->address.to_string() : account_.address;
  envelope_.smtputf8 = mail.smtputf8;
  envelope_.body = mail.body;
  envelope_.ret = mail.ret;
  envelope_.envid = mail.envid;
  envelope_.requiretls = mail.requiretls;
  return Say{Reply(250, "2.1.0", "Sender accepted")};
}

std::optional<Reply> Transaction::objection_to_rcpt(const command::RcptTo& rcpt) const {
  if (hello_ == Hello::kNone) return need_hello();
  if (stage_ == Stage::kIdle) return bad_sequence("Say MAIL FROM first");
  if (stage_ == Stage::kChunks) return bad_sequence("The message has begun; go on with BDAT");
  if (rcpt.recipient.needs_smtputf8() && !envelope_.smtputf8) {
    return Reply(553, "5.6.7", "An address beyond ASCII needs SMTPUTF8 at MAIL");
  }
  if (accepted_.size() >= policy_->max_recipients) {
    return Reply(452, "4.5.3",
                 fmt::format("A message may have {} recipients", policy_->max_recipients));
  }
  return std::nullopt;
}

Action Transaction::decide(const command::RcptTo& rcpt) {
  if (auto objection = objection_to_rcpt(rcpt)) return Say{*objection};
  mail::Address recipient = rcpt.recipient;
  if (recipient.domain.empty()) recipient.domain = policy_->domain;
  const mailstore::Resolution where = lookups_.resolve(recipient);
  if (where.domain_is_local) {
    if (auto objection = objection_to(recipient, where)) return Say{std::move(*objection)};
  } else if (is_for_here_only(role_)) {
    return Say{Reply(550, "5.7.1", fmt::format("Relaying to <{}> denied", recipient.to_string()))};
  }
  recipients_before_ = envelope_.recipients.size();
  add_recipient({recipient, rcpt.notify, rcpt.orcpt}, where);
  Reply accepted(250, "2.1.5", "Recipient accepted");
  if (!may_be_full(where)) return Say{std::move(accepted)};
  return AskRoom{where.accounts.front(), declared_size_, std::move(accepted)};
}

// One of several that an address leads to keeps the message from nobody: its copy waits in the
// queue.
bool Transaction::may_be_full(const mailstore::Resolution& where) const {
  return where.accounts.size() == 1 && where.remote.empty() && lookups_.is_limited &&
         lookups_.is_limited(where.accounts.front());
}

Action Transaction::refuse_recipient(Reply reply) {
  envelope_.recipients.resize(recipients_before_);
  accepted_.pop_back();
  return counted(Say{std::move(reply)});
}

void Transaction::add_recipient(const command::RcptTo& rcpt, const mailstore::Resolution& where) {
  accepted_.push_back(rcpt.recipient.to_string());
  for (mailstore::QueuedRecipient& queued : mailstore::expand(rcpt.recipient, where)) {
    // Somebody reached by two of the recipients gets the message once.
    const bool there = std::any_of(envelope_.recipients.begin(), envelope_.recipients.end(),
                                   [&](const mailstore::QueuedRecipient& other) {
                                     return queued.account
                                                ? other.account == queued.account
                                                : !other.account && other.address == queued.address;
                                   });
    if (there) continue;
    queued.number = static_cast<std::int32_t>(envelope_.recipients.size());
    queued.notify = rcpt.notify;
    queued.orcpt = rcpt.orcpt;
    envelope_.recipients.push_back(std::move(queued));
  }
}

Action Transaction::decide(const command::DataStart&) {
  if (hello_ == Hello::kNone) return Say{need_hello()};
  if (stage_ == Stage::kIdle) return Say{bad_sequence("Say MAIL FROM first")};
  if (stage_ == Stage::kChunks) return Say{bad_sequence("DATA and BDAT don't go together")};
  if (accepted_.empty()) return Say{no_recipients()};
  if (envelope_.body == "BINARYMIME") {
    return Say{bad_sequence("BODY=BINARYMIME needs BDAT")};  // RFC 3030 §3
  }
  return ReadData{Reply(354, "", "Go on; end with <CR><LF>.<CR><LF>")};
}

Action Transaction::decide(const command::Bdat& bdat) {
  if (stage_ == Stage::kIdle) return DropChunk{bdat, bad_sequence("Say MAIL FROM first")};
  if (accepted_.empty()) return DropChunk{bdat, no_recipients()};
  stage_ = Stage::kChunks;
  return ReadChunk{bdat};
}

Action Transaction::decide(const command::Rset&) {
  reset();
  return Say{Reply(250, "2.0.0", "Forgotten")};
}

Action Transaction::decide(const command::Noop&) { return Say{Reply(250, "2.0.0", "Still here")}; }

Action Transaction::decide(const command::Quit&) {
  return Hang{Reply(221, "2.0.0", policy_->hostname + " closes; good bye")};
}

Action Transaction::decide(const command::StartTls&) {
  if (encrypted()) return Say{bad_sequence("TLS is there already")};
  if (channel_.security == Channel::Security::kMachine) {
    return Say{Reply(502, "5.5.1", "No TLS within a machine")};
  }
  if (stage_ != Stage::kIdle) return Say{bad_sequence("Not in the middle of a message")};
  return BeginTls{Reply(220, "2.0.0", "Ready for TLS")};
}

// Whether an address exists is told at RCPT only (RFC 5321 §7.3).
Action Transaction::decide(const command::Vrfy&) {
  return Say{Reply(252, "2.5.0", "RCPT will tell")};
}

Action Transaction::decide(const command::Expn&) {
  return Say{Reply(502, "5.5.1", "Lists are not shown")};
}

Action Transaction::decide(const command::Help&) {
  Reply reply(214, "2.0.0", "This is Pabal. Commands:");
  reply.lines.push_back(
      role_ == Role::kLmtp
          ? "LHLO MAIL RCPT DATA BDAT RSET NOOP QUIT STARTTLS VRFY HELP"
          : "EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT STARTTLS AUTH VRFY HELP");
  reply.lines.push_back("RFC 5321 has the rest");
  return Say{std::move(reply)};
}

Action Transaction::decide(const command::Auth& auth) {
  if (role_ != Role::kSubmission) {
    return Say{Reply(502, "5.5.1", "No AUTH on this port; submission is on 587 and 465")};
  }
  if (hello_ != Hello::kEhlo) return Say{need_hello()};
  if (authenticated()) return Say{bad_sequence("You are authenticated")};
  if (stage_ != Stage::kIdle) return Say{bad_sequence("Not in the middle of a message")};
  if (channel_.mechanisms.empty()) {
    return Say{Reply(530, "5.7.0", "Must issue a STARTTLS command first")};
  }
  return Authenticate{auth};
}

Reply Transaction::logged_in(const mailstore::AccountInfo& account) {
  account_ = account;
  return Reply(235, "2.7.0", "Authentication successful");
}

Action Transaction::login_failed(Reply reply) {
  if (++failed_logins_ < kMaxFailedLogins) return Say{std::move(reply)};
  return Hang{Reply(421, "4.7.0", policy_->hostname + " closes: too many failed logins")};
}

}  // namespace smtpd

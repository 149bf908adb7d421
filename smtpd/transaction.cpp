#include "smtpd/transaction.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smtpd/extensions.hpp"

namespace smtpd {

namespace {

namespace command = mail::smtp;

// Clients that only make mistakes are broken or looking for addresses or passwords.
constexpr unsigned kMaxErrors = 100;
constexpr unsigned kMaxFailedLogins = 10;

Reply bad_sequence(std::string text) { return Reply(503, "5.5.1", std::move(text)); }

Reply need_hello() { return bad_sequence("Say EHLO first"); }

int code_of(const Action& action) {
  const Say* say = std::get_if<Say>(&action);
  const DropChunk* drop = std::get_if<DropChunk>(&action);
  return say ? say->reply.code : drop ? drop->reply.code : 0;
}

}  // namespace

Transaction::Transaction(std::shared_ptr<const Policy> policy, Role role, Lookups lookups)
    : policy_(std::move(policy)), role_(role), lookups_(std::move(lookups)) {}

Reply Transaction::greeting() const { return Reply(220, "", policy_->hostname + " ESMTP Pabal"); }

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
  reset();
  hello_ = Hello::kHelo;
  client_name_ = helo.name;
  return Say{Reply(250, "", policy_->hostname)};
}

// Clears all state as RSET does (RFC 5321 §4.1.4).
Action Transaction::decide(const command::Ehlo& ehlo) {
  reset();
  hello_ = Hello::kEhlo;
  client_name_ = ehlo.name;
  return Say{announce(*policy_, channel_, ehlo.name)};
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
  // The null sender is for what no answer may come back to: receipts and reports. Thunderbird
  // sends its read receipts so.
  if (role_ == Role::kSubmission && !mail.sender.is_null() &&
      !lookups_.may_send_as(account_.id, mail.sender)) {
    return Reply(553, "5.7.1",
                 fmt::format("{} may not send as <{}>", account_.address, mail.sender.to_string()));
  }
  return std::nullopt;
}

Action Transaction::decide(const command::MailFrom& mail) {
  if (auto objection = objection_to_mail(mail)) return Say{*objection};
  stage_ = Stage::kMail;
  envelope_.sender = mail.sender;
  envelope_.login = account_.address;
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
  if (where.domain_is_local && !where.known()) {
    return Say{Reply(550, "5.1.1", fmt::format("<{}> is not known here", recipient.to_string()))};
  }
  if (!where.domain_is_local && role_ == Role::kMx) {
    return Say{Reply(550, "5.7.1", fmt::format("Relaying to <{}> denied", recipient.to_string()))};
  }
  add_recipient({recipient, rcpt.notify, rcpt.orcpt}, where);
  return Say{Reply(250, "2.1.5", "Recipient accepted")};
}

void Transaction::add_recipient(const command::RcptTo& rcpt, const mailstore::Resolution& where) {
  accepted_.push_back(rcpt.recipient.to_string());
  mailstore::QueuedRecipient queued;
  queued.original = accepted_.back();
  queued.notify = rcpt.notify;
  queued.orcpt = rcpt.orcpt;
  // Somebody reached by two of the recipients gets the message once.
  const auto add = [&](mailstore::AccountId account, const mail::Address& address) {
    const bool there = std::any_of(
        envelope_.recipients.begin(), envelope_.recipients.end(), [&](const auto& other) {
          return account ? other.account == account : !other.account && other.address == address;
        });
    if (there) return;
    queued.number = static_cast<std::int32_t>(envelope_.recipients.size());
    queued.account = account;
    queued.address = address;
    envelope_.recipients.push_back(queued);
  };
  for (const mailstore::AccountId account : where.accounts) add(account, rcpt.recipient);
  for (const mail::Address& address : where.remote) add(0, address);
  if (!where.domain_is_local) add(0, rcpt.recipient);
}

Action Transaction::decide(const command::DataStart&) {
  if (hello_ == Hello::kNone) return Say{need_hello()};
  if (stage_ == Stage::kIdle) return Say{bad_sequence("Say MAIL FROM first")};
  if (stage_ == Stage::kChunks) return Say{bad_sequence("DATA and BDAT don't go together")};
  if (accepted_.empty()) return Say{Reply(554, "5.5.1", "No valid recipients")};
  if (envelope_.body == "BINARYMIME") {
    return Say{bad_sequence("BODY=BINARYMIME needs BDAT")};  // RFC 3030 §3
  }
  return ReadData{Reply(354, "", "Go on; end with <CR><LF>.<CR><LF>")};
}

Action Transaction::decide(const command::Bdat& bdat) {
  if (stage_ == Stage::kIdle) return DropChunk{bdat, bad_sequence("Say MAIL FROM first")};
  if (accepted_.empty()) return DropChunk{bdat, Reply(554, "5.5.1", "No valid recipients")};
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
  reply.lines.push_back("EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT STARTTLS AUTH VRFY HELP");
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

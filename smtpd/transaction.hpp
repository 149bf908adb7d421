// The server's side of an SMTP dialogue as a state machine without I/O: a command line in, an
// action out. Holds who the client is, what it may do, and the envelope as it grows; knows no
// socket and no store, for look-ups are handed in. RFC 5321 §4, RFC 6409, RFC 3030, RFC 3207, RFC
// 4954.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mail/smtp_command.hpp"
#include "mail/smtp_reply.hpp"
#include "mailstore/directory.hpp"
#include "mailstore/queue.hpp"
#include "smtpd/local_user.hpp"
#include "smtpd/policy.hpp"

namespace smtpd {

using mail::smtp::Reply;

/// Questions a transaction asks; each must be quick, they are asked on the I/O thread.
struct Lookups {
  std::function<mailstore::Resolution(const mail::Address&)> resolve;
  std::function<bool(mailstore::AccountId, const mail::Address&)> may_send_as;
  /// The account of that very address.
  std::function<std::optional<mailstore::AccountId>(const mail::Address&)> account = {};
  /// Whether the account may be full.
  std::function<bool(mailstore::AccountId)> is_limited = {};
};

/// What the session has to do for a command.
struct Say {
  Reply reply;
};
struct ReadData {
  Reply reply;  ///< 354, then the message up to CRLF.CRLF
};
struct ReadChunk {
  mail::smtp::Bdat chunk;  ///< the octets of it, then a reply (RFC 3030 §2)
};
struct DropChunk {
  mail::smtp::Bdat chunk;  ///< its octets follow all the same
  Reply reply;
};
struct BeginTls {
  Reply reply;
};
struct Authenticate {
  mail::smtp::Auth command;
};
struct Hang {
  Reply reply;  ///< the last one
};
/// A recipient stands if the account has room for so many octets (0: nobody said how many); then
/// `reply`, else what refuse_recipient says.
struct AskRoom {
  mailstore::AccountId account;
  std::uint64_t octets;
  Reply reply;
};
using Action =
    std::variant<Say, ReadData, ReadChunk, DropChunk, BeginTls, Authenticate, Hang, AskRoom>;

/// Is there TLS now? What EHLO offers and MAIL demands depends on it. kMachine: a Unix socket,
/// where there is nobody to hide from.
struct Channel {
  enum class Security { kPlain, kTls, kMachine } security = Security::kPlain;
  std::vector<std::string> mechanisms;  ///< SASL, for EHLO's AUTH line; empty where none is offered
};

class Transaction {
 public:
  Transaction(std::shared_ptr<const Policy> policy, Role role, Lookups lookups);

  Reply greeting() const;
  /// Decides on a line without its CRLF.
  Action answer(std::string_view line);
  /// Decides on a line that can't be a command, because of its length or its end.
  Action refuse_line(std::string_view why);

  /// The channel is another from here on, TLS began say: everything known is forgotten (RFC 3207
  /// §4.2).
  void secured(Channel channel);
  /// kLocal: who it is that speaks, by the kernel's word.
  void known_locally(LocalUser user) { user_ = std::move(user); }
  /// AUTH ended well; the reply to it.
  Reply logged_in(const mailstore::AccountInfo& account);
  /// AUTH ended otherwise; the reply to it is `reply` unless this was one time too many.
  Action login_failed(Reply reply);

  /// The account of the last AskRoom is full.
  Action refuse_recipient(Reply reply);

  /// The envelope of the message that is being received.
  const mailstore::QueuedMessage& envelope() const { return envelope_; }
  /// RCPT commands that were accepted, in order, also those that say the same again; aliases make
  /// the envelope's recipients fewer or more.
  const std::vector<std::string>& accepted_recipients() const { return accepted_; }
  /// Hands the envelope over when the whole message is there; the next command may be MAIL.
  mailstore::QueuedMessage take_envelope();
  /// Ends the mail transaction: after the message's reply, whatever it was.
  void reset();

  bool in_chunks() const { return stage_ == Stage::kChunks; }

  enum class Hello { kNone, kHelo, kEhlo };
  Hello hello() const { return hello_; }
  const std::string& client_name() const { return client_name_; }
  bool authenticated() const { return account_.id != 0; }
  bool encrypted() const { return channel_.security == Channel::Security::kTls; }
  Role role() const { return role_; }

 private:
  Action decide(const mail::smtp::Helo& helo);
  Action decide(const mail::smtp::Ehlo& ehlo);
  Action decide(const mail::smtp::Lhlo& lhlo);
  Action decide(const mail::smtp::MailFrom& mail);
  Action decide(const mail::smtp::RcptTo& rcpt);
  Action decide(const mail::smtp::DataStart& data);
  Action decide(const mail::smtp::Bdat& bdat);
  Action decide(const mail::smtp::Rset& rset);
  Action decide(const mail::smtp::Noop& noop);
  Action decide(const mail::smtp::Quit& quit);
  Action decide(const mail::smtp::StartTls& start);
  Action decide(const mail::smtp::Vrfy& vrfy);
  Action decide(const mail::smtp::Expn& expn);
  Action decide(const mail::smtp::Help& help);
  Action decide(const mail::smtp::Auth& auth);

  std::optional<Reply> objection_to_mail(const mail::smtp::MailFrom& mail) const;
  std::optional<Reply> objection_to_rcpt(const mail::smtp::RcptTo& rcpt) const;
  std::optional<Reply> objection_to_sender(const mail::Address& sender) const;
  void add_recipient(const mail::smtp::RcptTo& rcpt, const mailstore::Resolution& where);
  bool may_be_full(const mailstore::Resolution& where) const;
  Action greeted(const std::string& client_name);
  Reply need_hello() const;
  Reply no_recipients() const;
  Action counted(Action action);

  std::shared_ptr<const Policy> policy_;
  Role role_;
  Lookups lookups_;
  Channel channel_;
  Hello hello_ = Hello::kNone;
  std::string client_name_;
  mailstore::AccountInfo account_;  ///< id 0: not authenticated
  std::optional<LocalUser> user_;   ///< of a Unix socket's other end
  enum class Stage { kIdle, kMail, kChunks } stage_ = Stage::kIdle;
  mailstore::QueuedMessage envelope_;
  std::vector<std::string> accepted_;
  std::size_t recipients_before_ = 0;  ///< the last RCPT
  std::uint64_t declared_size_ = 0;    ///< SIZE of MAIL (RFC 1870)
  unsigned errors_ = 0;
  unsigned failed_logins_ = 0;
};

}  // namespace smtpd

// An open IMAP session of an account: mail::imap::Client driven over a Stream. Requests run one
// after the other, or several in one round trip; a session that ends before its time is a Failure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap_client.hpp"
#include "mua/account.hpp"
#include "tls/stream.hpp"

namespace mua {

/// How a request ended, and all that came while it ran, asked for or not.
struct Answer {
  mail::imap::Status status;
  std::vector<mail::imap::Data> data;
  std::vector<mail::imap::Status> said;  ///< untagged statuses: UIDVALIDITY, ALERT

  /// The arguments of the response code, wherever it stood; "" if it didn't.
  std::string code(std::string_view name) const;
};

/// What a session learned that makes the next one to the same server a short one. It holds secrets
/// of TLS.
struct ServerMemory {
  std::string tls_session;
  mail::imap::Acquaintance acquaintance;
};

class ImapSession {
 public:
  ImapSession(Account account, std::string password);

  /// Before `open`, from an earlier session under the same settings. What the server does not know
  /// again is not used.
  void recall(ServerMemory memory) { recalled_ = std::move(memory); }
  /// Of this session, once something was answered in it; "" as tls_session where there is nothing
  /// to recall.
  ServerMemory memory() const;

  /// Connects and logs in.
  asio::awaitable<void> open();
  /// Says LOGOUT; never throws.
  asio::awaitable<void> close();

  asio::awaitable<Answer> run(mail::imap::Request request);
  /// As `run`; NO and BAD are a Failure that begins with `what` could not be done.
  asio::awaitable<Answer> must(mail::imap::Request request, std::string what);
  /// Given at once; the answers in order. What came on the way is with the answer it came before.
  asio::awaitable<std::vector<Answer>> run_all(std::vector<mail::imap::Request> requests);

  /// From here on both sides compress (RFC 4978); false when the server would not.
  asio::awaitable<bool> compress();
  /// IDLE (RFC 2177) until something is said, `longest` is over, or `interrupt`; what was said. A
  /// server that has no IDLE is asked by NOOP in the end.
  asio::awaitable<Answer> idle(std::chrono::milliseconds longest);
  /// NOTIFY is on (RFC 5465): other mailboxes are told of. IDLE goes on: Dovecot tells of the
  /// selected mailbox in it alone.
  void be_told_by_itself() { told_ = true; }
  void no_longer_told() { told_ = false; }
  bool told_by_itself() const { return told_; }
  /// From the same thread; an idle that comes later is not meant.
  void interrupt();
  /// Ends whatever is waited for, from the same thread: the session is lost.
  void abandon();
  /// Nothing can be asked any more, whoever ended it.
  bool lost() const { return client_.wants() == mail::imap::Client::Wants::kClose; }
  const mail::imap::Client& client() const { return client_; }
  const Account& account() const { return account_; }

 private:
  asio::awaitable<mail::imap::Event> next_event();
  asio::awaitable<void> flush();
  asio::awaitable<void> step();
  void feed();
  bool collect(mail::imap::Event event, Answer& answer) const;
  asio::awaitable<Answer> rest();
  bool can_idle() const { return !idle_refused_ && client_.has("IDLE"); }
  Failure failure(const mail::imap::Lost& lost) const;

  Account account_;
  mail::imap::Client client_;
  std::optional<tls::Stream> stream_;
  ServerMemory recalled_;
  bool idling_ = false, interrupted_ = false;
  bool idle_refused_ = false, told_ = false;
  bool by_lines_ = false;  ///< what follows the line that is awaited is of another kind
  std::optional<Failure> stream_failure_;
};

/// "NO [TRYCREATE] ..." as a Failure of the right kind.
Failure refusal(const std::string& what, const mail::imap::Status& status);

}  // namespace mua

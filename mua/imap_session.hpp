// An open IMAP session of an account: mail::imap::Client driven over a Stream. Requests run one
// after the other; a session that ends before its time is a Failure.
#pragma once

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

class ImapSession {
 public:
  ImapSession(Account account, std::string password);

  /// Connects and logs in.
  asio::awaitable<void> open();
  /// Says LOGOUT; never throws.
  asio::awaitable<void> close();

  asio::awaitable<Answer> run(mail::imap::Request request);
  /// As `run`; NO and BAD are a Failure that begins with `what` could not be done.
  asio::awaitable<Answer> must(mail::imap::Request request, std::string what);

  const mail::imap::Client& client() const { return client_; }
  const Account& account() const { return account_; }

 private:
  asio::awaitable<mail::imap::Event> next_event();
  asio::awaitable<void> step();
  Failure failure(const mail::imap::Lost& lost) const;

  Account account_;
  mail::imap::Client client_;
  std::optional<tls::Stream> stream_;
  std::optional<Failure> stream_failure_;
};

/// "NO [TRYCREATE] ..." as a Failure of the right kind.
Failure refusal(const std::string& what, const mail::imap::Status& status);

}  // namespace mua

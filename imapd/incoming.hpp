// The messages of an APPEND or REPLACE on their way in: streamed from the connection, or copied
// from messages that are there (CATENATE), into the store's staging. What is refused is refused
// before "+ ", and what was taken of a command that fails goes with this object. Lives in the
// handler's frame.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "imapd/session.hpp"
#include "mail/imap_append.hpp"
#include "mail/rights.hpp"
#include "mailstore/append.hpp"

namespace imapd {

class Incoming {
 public:
  Incoming(Session& session, mail::AppendReader::Verb verb) : session_(session), reader_(verb) {}

  /// Reads the arguments up to the first message's octets: then `reader` knows the mailbox, and
  /// nothing was asked for yet. An answer: the command is wrong, or too large.
  std::optional<Reply> begin(const std::string& arguments);
  /// Takes all messages, their flags limited to what the rights allow.
  asio::awaitable<std::optional<Reply>> receive(mail::Rights rights);
  const mail::AppendReader& reader() const { return reader_; }
  /// What finds no room in the account is refused before its octets come.
  asio::awaitable<void> keep_within(mailstore::AccountId account);
  const mailstore::Limits& limits() const { return limits_; }

  /// The messages; finishing a large one syncs its file, so call it on the pool.
  std::vector<mailstore::NewMessage> finish();

 private:
  using Next = mail::AppendReader::Next;

  struct Message {
    mail::AppendMessage form;
    mailstore::Staging staging;
  };

  std::optional<Reply> objection() const;
  asio::awaitable<std::optional<Reply>> take_events();
  asio::awaitable<void> take_octets();
  asio::awaitable<std::optional<Reply>> read_segment();
  mailstore::Content without_nul(mailstore::Content content) const;
  std::uint64_t room() const;
  std::uint64_t taken() const;

  Session& session_;
  mail::AppendReader reader_;
  Next next_ = Next::kEnd;
  std::vector<Message> messages_;
  mailstore::Limits limits_;  ///< of the account the messages go to
  mailstore::Usage used_;
};

/// "APPENDUID 38505 3955:3957".
std::string appended_code(const mailstore::AppendResult& result);

}  // namespace imapd

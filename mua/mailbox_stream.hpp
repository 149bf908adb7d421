// All of a mailbox on its way to or from files: many messages in few round trips, memory bounded by
// the largest message and a few megabytes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "mua/files/stored_message.hpp"
#include "mua/selection.hpp"

namespace mua {

/// How many copies of each message (files::identity_of) a mailbox has.
using Identities = std::map<std::string, std::uint32_t>;
asio::awaitable<Identities> identities_in(ImapSession& session, Selection selection);

/// Makes the mailbox, and those above it, if it isn't there.
asio::awaitable<void> require_mailbox(ImapSession& session, std::string mailbox);

/// Gathers messages and appends them many at a time (MULTIAPPEND, RFC 3502) where the server can.
class Appender {
 public:
  Appender(ImapSession& session, std::string mailbox);

  asio::awaitable<void> add(files::StoredMessage message);
  /// What is gathered goes now.
  asio::awaitable<void> flush();

  std::uint64_t appended() const { return appended_; }
  /// Place and the server's words, for each message that it refused.
  const std::vector<std::pair<std::string, std::string>>& refused() const { return refused_; }

 private:
  using Batch = std::vector<files::StoredMessage>;
  asio::awaitable<Answer> append(const Batch& batch);

  ImapSession& session_;
  std::string mailbox_;
  bool many_;
  Batch waiting_;
  std::size_t octets_ = 0;
  std::uint64_t appended_ = 0;
  std::vector<std::pair<std::string, std::string>> refused_;
};

/// The UIDs of the mailbox with the sizes of the messages.
struct Listed {
  std::uint32_t uid = 0;
  std::uint64_t size = 0;
};
asio::awaitable<std::vector<Listed>> list_messages(ImapSession& session, Selection selection);

/// The next few of `listed` from `from` on, their octets in order; `from` moves behind them.
/// Messages that are gone meanwhile are left out.
asio::awaitable<std::vector<files::StoredMessage>> fetch_some(ImapSession& session,
                                                              Selection selection,
                                                              const std::vector<Listed>& listed,
                                                              std::size_t& from,
                                                              std::vector<std::uint32_t>& uids);

}  // namespace mua

// A selected mailbox and the messages of it that ids name.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mail/imap_fetched.hpp"
#include "mua/imap_session.hpp"
#include "mua/message_ref.hpp"
#include "mua/rows.hpp"

namespace mua {

struct Selection {
  std::string mailbox;
  std::uint32_t uid_validity = 0;
  std::uint32_t exists = 0;
  std::uint32_t uid_next{};  ///< 0: the server did not say
  MessageRef ref(std::uint32_t uid) const { return {mailbox, uid_validity, uid}; }
};

/// SELECT or EXAMINE; Failure (not found) when there is no such mailbox.
asio::awaitable<Selection> select(ImapSession& session, std::string mailbox,
                                  mail::imap::Access access);

/// The FETCH answers that carry a UID, in the server's order.
std::vector<mail::imap::Fetched> fetched_of(const Answer& answer);

/// UID FETCH of some; ones that aren't there are missing from the answer.
asio::awaitable<std::vector<mail::imap::Fetched>> fetch_uids(ImapSession& session,
                                                             std::vector<std::uint32_t> uids,
                                                             std::string items);

/// UID FETCH of one; Failure (not found) when it isn't there.
asio::awaitable<mail::imap::Fetched> fetch_one(ImapSession& session, MessageRef ref,
                                               std::string items);

/// The id as typed; Failure (usage) when it is none.
MessageRef require_ref(const std::string& text);

/// Messages by the mailboxes they are in, each mailbox's UIDs ascending and once.
using MessageGroups = std::map<std::string, std::vector<MessageRef>>;
/// The ids; Failure (usage) when one is none.
MessageGroups by_mailbox(const std::vector<std::string>& ids);

/// Failure (not found) when the mailbox was made anew since the id was printed.
void check_validity(const Selection& selection, const MessageRef& ref);

/// Selects the mailbox of a message; its id in full.
asio::awaitable<MessageRef> select_mailbox_of(ImapSession& session, MessageRef ref,
                                              mail::imap::Access access);

/// Selects the mailbox and checks that every one of the messages is there; their UIDs.
asio::awaitable<std::vector<std::uint32_t>> require_messages(ImapSession& session,
                                                             Selection& selection,
                                                             std::vector<MessageRef> refs);

/// The same of messages in several mailboxes, before those of the first are changed. Those of one
/// mailbox are left to require_messages.
asio::awaitable<void> require_all(ImapSession& session, MessageGroups groups);

}  // namespace mua

// Moving and removing messages of the selected mailbox, with what the server has: MOVE (RFC 6851),
// else COPY and removal; UID EXPUNGE (RFC 4315), because a plain EXPUNGE would also remove what
// others marked.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "mua/selection.hpp"

namespace mua {

/// The commands that move, in order; each presumes that the one before succeeded.
std::vector<mail::imap::Request> move_requests(const mail::imap::Client& client,
                                               const std::vector<std::uint32_t>& uids,
                                               const std::string& mailbox);

/// Where messages are now: old id and new id; the new UID is 0 when the server did not say.
using Moves = std::vector<std::pair<MessageRef, MessageRef>>;

/// "COPYUID 38505 304,319:320 3956:3958" as pairs of UIDs; what it doesn't name goes to UID 0.
Moves read_copyuid(std::string_view arguments, const Selection& from,
                   const std::vector<std::uint32_t>& uids, const std::string& mailbox);

/// Those of one mailbox. Failure before anything is moved when one isn't there.
asio::awaitable<Moves> move_messages(ImapSession& session, std::string from,
                                     std::vector<MessageRef> refs, std::string to);

/// The same, and they stay where they are too.
asio::awaitable<Moves> copy_messages(ImapSession& session, std::string from,
                                     std::vector<MessageRef> refs, std::string to);

/// Marks as deleted and expunges exactly these.
asio::awaitable<void> expunge_messages(ImapSession& session, std::vector<std::uint32_t> uids);

/// Prints them: nothing as text, an array as JSON.
void report_moves(const Moves& moves, Format format);

}  // namespace mua

// Parts of messages that the server has already, for CATENATE (RFC 4469): the URL a client wrote
// leads to a message of this server that the user may read, and its octets, or those of a section,
// go into the message being put together.
#pragma once

#include <optional>
#include <string>

#include "imapd/session.hpp"
#include "mailstore/content.hpp"

namespace imapd {

/// The NO: [BADURL ...] when the URL leads nowhere, [TOOBIG] when it is more than `room` octets.
asio::awaitable<std::optional<Reply>> append_part(Session& session, std::string url,
                                                  mailstore::Staging& staging, std::uint64_t room);

}  // namespace imapd

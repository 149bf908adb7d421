// The text of a message as a person reads it, fetched part by part.
#pragma once

#include <string>

#include "mua/parts.hpp"
#include "mua/selection.hpp"

namespace mua {

/// The octets of BODY.PEEK[section].
asio::awaitable<std::string> fetch_section(ImapSession& session, MessageRef ref,
                                           std::string section);

/// All texts of the plan, one after the other.
asio::awaitable<std::string> fetch_text(ImapSession& session, MessageRef ref, Reading reading);

}  // namespace mua

// What SORT and THREAD begin with: their criteria checked, and the messages found that they put in
// order (RFC 5256 §3).
#pragma once

#include "imapd/find_messages.hpp"
#include "mail/result.hpp"

namespace imapd {

/// Ascending UIDs of the selected mailbox, or the refusal the command is answered with. The texts
/// of `search` are UTF-8 then.
asio::awaitable<mail::Result<std::vector<mailstore::Uid>, Reply>> found_or_refused(
    Session& session, mail::SearchArguments& search);

}  // namespace imapd

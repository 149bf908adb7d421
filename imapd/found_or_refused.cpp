#include "imapd/found_or_refused.hpp"

#include <utility>

#include "imapd/message_limit.hpp"

namespace imapd {

using FoundOrRefused = mail::Result<std::vector<mailstore::Uid>, Reply>;

asio::awaitable<FoundOrRefused> found_or_refused(Session& session, mail::SearchArguments& search) {
  using Refused = mail::unexpected<Reply>;
  if (session.enabled().uid_only && mail::uses_sequence_numbers(search.key)) {
    co_return Refused(uid_required());
  }
  if (!mail::decode_charset(search.key, search.charset)) {
    co_return Refused(no("BADCHARSET (UTF-8 US-ASCII)", "this charset is not known"));
  }
  session.enabled().condstore |= search.uses_mod_seq;
  auto uids = co_await find_messages(session, search.key);
  if (!uids) co_return Refused(refusal(uids.error()));
  auto limit = session.settings().imap.message_limit;
  if (uids->size() > limit) {
    co_return Refused(no(message_limit_code(limit), "too many messages to put in order at once"));
  }
  FoundOrRefused found = std::move(*uids);
  co_return found;
}

}  // namespace imapd

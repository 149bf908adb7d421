// COMPRESS (RFC 4978).

#include "imapd/handlers.hpp"

namespace imapd {

asio::awaitable<Reply> cmd_compress(Session& session, mail::ImapCommand command) {
  auto algorithm = mail::parse_compress(command.arguments);
  if (!algorithm) co_return bad(algorithm.error());
  if (*algorithm != "DEFLATE") co_return bad("DEFLATE is the only algorithm");
  if (session.stream().compressed()) {
    co_return no("COMPRESSIONACTIVE", "DEFLATE is active by COMPRESS");
  }
  session.after_reply(Session::AfterReply::kCompress);
  co_return ok("DEFLATE active");
}

}  // namespace imapd

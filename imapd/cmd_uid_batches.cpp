// UIDBATCHES (RFC 10022).

#include "imapd/handlers.hpp"
#include "imapd/uid_batches.hpp"

namespace imapd {

namespace {

constexpr std::uint32_t kSmallestBatch = 500;  // what every server has to take (RFC 10022 §3.1.3)

}  // namespace

asio::awaitable<Reply> cmd_uid_batches(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_uid_batches(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (arguments->first > arguments->last) {
    auto reply = bad("the first batch comes before the last");
    reply.code = "CLIENTBUG";
    co_return reply;
  }
  if (arguments->size < kSmallestBatch) co_return no("TOOFEW", "a batch has 500 messages at least");
  auto batches = uid_batches(session.selected()->view(), *arguments);
  session.out() += render_uid_batches(command.tag, batches);
  co_return ok("Batches completed");
}

}  // namespace imapd

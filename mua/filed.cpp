#include "mua/filed.hpp"

#include <utility>

#include "mua/selection.hpp"

namespace mua {

namespace imap = mail::imap;

asio::awaitable<MessageRef> file_message(ImapSession& session, Role role, mail::FlagSet flags,
                                         mail::PieceSource content) {
  MessageRef filed;
  filed.mailbox = co_await require_role(session, role);
  imap::Request append = imap::append(filed.mailbox, flags, std::move(content));
  const Answer answer =
      co_await session.must(std::move(append), "cannot keep a copy in " + filed.mailbox);
  const auto uid = imap::parse_nodes(answer.code("APPENDUID"));
  if (uid && uid->size() == 2) {
    filed.uid_validity = (*uid)[0].nz_number().value_or(0);
    filed.uid = (*uid)[1].nz_number().value_or(0);
  }
  co_return filed;
}

asio::awaitable<void> mark_message(ImapSession& session, MessageRef ref, mail::FlagSet flags) {
  co_await select(session, ref.mailbox, imap::Access::kReadWrite);
  imap::Request store =
      imap::uid_store(mail::SequenceSet::of({ref.uid}), imap::FlagChange::kAdd, flags);
  co_await session.run(std::move(store));
}

}  // namespace mua

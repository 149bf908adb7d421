#include "mua/transfer.hpp"

#include "mua/output.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

const mail::FlagSet kDeletedFlag{mail::kDeleted, {}};

/// The numbers of a UID set, in its order (RFC 4315 §3), at most as many as were asked about.
std::vector<std::uint32_t> numbers_of(std::string_view set, std::size_t most) {
  std::vector<std::uint32_t> out;
  const auto parsed = mail::SequenceSet::parse(set);
  if (!parsed) return out;
  for (const mail::NumberRange& range : parsed->ranges()) {
    for (std::uint64_t n = range.first; n <= range.last && out.size() < most; ++n) {
      out.push_back(static_cast<std::uint32_t>(n));
    }
  }
  return out;
}

}  // namespace

std::vector<imap::Request> move_requests(const imap::Client& client,
                                         const std::vector<std::uint32_t>& uids,
                                         const std::string& mailbox) {
  const mail::SequenceSet set = mail::SequenceSet::of(uids);
  if (client.has("MOVE") || client.has("IMAP4REV2")) return {imap::uid_move(set, mailbox)};
  std::vector<imap::Request> requests{
      imap::uid_copy(set, mailbox),
      imap::uid_store(set, imap::FlagChange::kAdd, kDeletedFlag),
  };
  if (client.has("UIDPLUS")) requests.push_back(imap::uid_expunge(set));
  return requests;
}

Moves read_copyuid(std::string_view arguments, const Selection& from,
                   const std::vector<std::uint32_t>& uids, const std::string& mailbox) {
  Moves moves;
  const auto words = imap::parse_nodes(arguments);
  std::uint32_t validity = 0;
  std::vector<std::uint32_t> sources, targets;
  if (words && words->size() == 3) {
    validity = (*words)[0].nz_number().value_or(0);
    sources = numbers_of((*words)[1].text, uids.size());
    targets = numbers_of((*words)[2].text, uids.size());
  }
  for (const std::uint32_t uid : uids) {
    std::uint32_t target = 0;
    for (std::size_t i = 0; i < std::min(sources.size(), targets.size()); ++i) {
      if (sources[i] == uid) target = targets[i];
    }
    moves.emplace_back(from.ref(uid), MessageRef{mailbox, validity, target});
  }
  return moves;
}

asio::awaitable<Moves> move_messages(ImapSession& session, std::string from,
                                     std::vector<MessageRef> refs, std::string to) {
  Selection selection = co_await select(session, std::move(from), imap::Access::kReadWrite);
  const auto uids = co_await require_messages(session, selection, std::move(refs));
  std::string copyuid;
  std::vector<imap::Request> requests = move_requests(session.client(), uids, to);
  for (imap::Request& request : requests) {
    const Answer answer = co_await session.must(std::move(request), "cannot move to " + to);
    if (copyuid.empty()) copyuid = answer.code("COPYUID");
  }
  co_return read_copyuid(copyuid, selection, uids, to);
}

asio::awaitable<Moves> copy_messages(ImapSession& session, std::string from,
                                     std::vector<MessageRef> refs, std::string to) {
  Selection selection = co_await select(session, std::move(from), imap::Access::kReadOnly);
  const auto uids = co_await require_messages(session, selection, std::move(refs));
  imap::Request request = imap::uid_copy(mail::SequenceSet::of(uids), to);
  const Answer answer = co_await session.must(std::move(request), "cannot copy to " + to);
  co_return read_copyuid(answer.code("COPYUID"), selection, uids, to);
}

asio::awaitable<void> expunge_messages(ImapSession& session, std::vector<std::uint32_t> uids) {
  const mail::SequenceSet set = mail::SequenceSet::of(uids);
  if (!session.client().has("UIDPLUS") && !session.client().has("IMAP4REV2")) {
    throw Failure(ExitCode::kRefused,
                  "the server can't remove single messages for good (it has no UIDPLUS)",
                  "Move them to Trash: mua delete without --expunge.");
  }
  imap::Request store = imap::uid_store(set, imap::FlagChange::kAdd, kDeletedFlag);
  co_await session.must(std::move(store), "cannot delete");
  imap::Request expunge = imap::uid_expunge(set);
  co_await session.must(std::move(expunge), "cannot expunge");
}

void report_moves(const Moves& moves, Format format) {
  if (format == Format::kText) return;
  boost::json::array out;
  for (const auto& [from, to] : moves) {
    boost::json::object move{{"id", from.full()}, {"mailbox", to.mailbox}};
    move["new_id"] = to.uid == 0 ? boost::json::value(nullptr) : boost::json::value(to.full());
    out.push_back(std::move(move));
  }
  print(out);
}

}  // namespace mua

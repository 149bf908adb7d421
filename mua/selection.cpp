#include "mua/selection.hpp"

#include <algorithm>

#include "mail/mailbox_name.hpp"

namespace mua {

namespace imap = mail::imap;

asio::awaitable<Selection> select(ImapSession& session, std::string mailbox, imap::Access access) {
  mailbox = mail::canonical_mailbox_name(mailbox);
  imap::Request request = imap::select(mailbox, access);
  const Answer answer = co_await session.run(std::move(request));
  if (!answer.status.ok()) {
    // Every refusal of SELECT but a broken server's means that there is no such mailbox for us.
    if (answer.status.condition == imap::Condition::kNo && answer.status.code.name.empty()) {
      throw Failure(ExitCode::kNotFound, mailbox + ": " + to_line(answer.status),
                    "See mua mailboxes for those there are.");
    }
    throw refusal(mailbox, answer.status);
  }
  const auto number = [&answer](const char* code) {
    return imap::Node{imap::Node::Kind::kAtom, answer.code(code), {}}.nz_number().value_or(0);
  };
  Selection selection{std::move(mailbox), number("UIDVALIDITY"), 0, number("UIDNEXT")};
  for (const imap::Data& data : answer.data) {
    if (data.keyword == "EXISTS") selection.exists = data.number;
  }
  co_return selection;
}

std::vector<imap::Fetched> fetched_of(const Answer& answer) {
  std::vector<imap::Fetched> out;
  for (const imap::Data& data : answer.data) {
    auto fetched = imap::read_fetch(data);
    if (fetched && fetched->uid) out.push_back(std::move(*fetched));
  }
  return out;
}

asio::awaitable<std::vector<imap::Fetched>> fetch_uids(ImapSession& session,
                                                       std::vector<std::uint32_t> uids,
                                                       std::string items) {
  std::vector<imap::Fetched> none;
  if (uids.empty()) co_return none;
  std::sort(uids.begin(), uids.end());
  imap::Request request = imap::uid_fetch(mail::SequenceSet::of(uids), items);
  const Answer answer = co_await session.must(std::move(request), "cannot fetch");
  co_return fetched_of(answer);
}

asio::awaitable<imap::Fetched> fetch_one(ImapSession& session, MessageRef ref, std::string items) {
  std::vector<std::uint32_t> uids{ref.uid};
  std::vector<imap::Fetched> found =
      co_await fetch_uids(session, std::move(uids), std::move(items));
  for (imap::Fetched& fetched : found) {
    if (fetched.uid == ref.uid) co_return std::move(fetched);
  }
  throw Failure(ExitCode::kNotFound, "there is no message " + ref.brief(),
                "See mua ls for those there are.");
}

MessageRef require_ref(const std::string& text) {
  const auto ref = parse_message_ref(text);
  if (ref) return *ref;
  throw Failure(ExitCode::kUsage, "\"" + text + "\" is no message id",
                "An id is a number as ls prints it, MAILBOX:UID or MAILBOX:UIDVALIDITY:UID.");
}

MessageGroups by_mailbox(const std::vector<std::string>& ids) {
  MessageGroups out;
  for (const std::string& id : ids) {
    const MessageRef ref = require_ref(id);
    out[ref.mailbox].push_back(ref);
  }
  for (auto& [mailbox, refs] : out) {
    std::sort(refs.begin(), refs.end(),
              [](const MessageRef& a, const MessageRef& b) { return a.uid < b.uid; });
    refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  }
  return out;
}

void check_validity(const Selection& selection, const MessageRef& ref) {
  if (ref.uid_validity == 0 || ref.uid_validity == selection.uid_validity) return;
  throw Failure(ExitCode::kNotFound, ref.full() + " is gone: the mailbox was made anew",
                "Look for the message with mua ls or mua search.");
}

asio::awaitable<MessageRef> select_mailbox_of(ImapSession& session, MessageRef ref,
                                              imap::Access access) {
  const Selection selection = co_await select(session, ref.mailbox, access);
  check_validity(selection, ref);
  ref.uid_validity = selection.uid_validity;
  co_return ref;
}

asio::awaitable<std::vector<std::uint32_t>> require_messages(ImapSession& session,
                                                             Selection& selection,
                                                             std::vector<MessageRef> refs) {
  std::vector<std::uint32_t> uids;
  for (const MessageRef& ref : refs) {
    check_validity(selection, ref);
    if (uids.empty() || uids.back() != ref.uid) uids.push_back(ref.uid);
  }
  std::vector<imap::Fetched> found = co_await fetch_uids(session, uids, "(UID)");
  for (const std::uint32_t uid : uids) {
    const bool there = std::any_of(found.begin(), found.end(),
                                   [uid](const imap::Fetched& f) { return f.uid == uid; });
    if (!there) {
      throw Failure(ExitCode::kNotFound,
                    "there is no message " + selection.ref(uid).brief() + "; nothing was changed",
                    "See mua ls for those there are.");
    }
  }
  co_return uids;
}

asio::awaitable<void> require_all(ImapSession& session, MessageGroups groups) {
  if (groups.size() < 2) co_return;
  for (const auto& [mailbox, refs] : groups) {
    Selection selection = co_await select(session, mailbox, imap::Access::kReadOnly);
    co_await require_messages(session, selection, refs);
  }
}

}  // namespace mua

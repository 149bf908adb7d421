// SEARCH and UID SEARCH (RFC 9051 §6.4.4, RFC 3501 §6.4.4, RFC 5182).

#include <algorithm>

#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "imapd/render_search.hpp"
#include "mailstore/search.hpp"

namespace imapd {

namespace {

// With MIN or MAX alone, only that message counts: it is what is saved, and what MODSEQ speaks of
// (RFC 5182 §2.4, RFC 7162 §3.1.10).
std::vector<mailstore::Uid> counting(const mail::SearchReturn& wants,
                                     const std::vector<mailstore::Uid>& uids) {
  bool some = (wants.min || wants.max) && !wants.all && !wants.count;
  if (!some || uids.empty()) return uids;
  std::vector<mailstore::Uid> kept;
  if (wants.min) kept.push_back(uids.front());
  if (wants.max && (kept.empty() || uids.size() > 1)) kept.push_back(uids.back());
  return kept;
}

Found found_of(const Selected& selected, const std::vector<mailstore::Uid>& uids,
               const mail::SearchArguments& arguments, Numbering numbering) {
  Found found;
  found.numbering = numbering;
  for (auto uid : uids) {
    auto sequence = selected.sequence_of(uid);
    if (sequence) found.numbers.push_back(numbering == Numbering::kUid ? uid : *sequence);
  }
  if (!arguments.uses_mod_seq || found.numbers.empty()) return found;
  found.mod_seq = 0;
  for (auto uid : counting(arguments.wants, uids)) {
    auto sequence = selected.sequence_of(uid);
    if (sequence) found.mod_seq = std::max(*found.mod_seq, selected.message(*sequence).mod_seq);
  }
  return found;
}

}  // namespace

asio::awaitable<Reply> cmd_search(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto arguments = mail::parse_search(command.arguments, selected->saved_search);
  if (!arguments) co_return bad(arguments.error());
  auto& wants = arguments->wants;
  if (wants.save) selected->saved_search = {};
  if (!mail::decode_charset(arguments->key, arguments->charset)) {
    co_return no("BADCHARSET (UTF-8 US-ASCII)", "this charset is not known");
  }
  session.enabled().condstore |= arguments->uses_mod_seq;
  selected->resolve_recent(arguments->key);
  auto search = [selected, &key = arguments->key](mailstore::Account& account) {
    return mailstore::search(account, selected->mailbox(), selected->view(), key);
  };
  auto uids = co_await session.in_selected(search);
  if (!uids) co_return refusal(uids.error());
  auto found = found_of(*selected, *uids, *arguments, numbering_of(command));
  if (wants.save) selected->saved_search = mail::SequenceSet::of(counting(wants, *uids));
  if (!wants.given && !session.enabled().rev2) {
    session.out() += render_search(found);
    co_return ok("Search completed");
  }
  wants.all |= !wants.given;
  session.out() += render_esearch(command.tag, wants, found);
  co_return ok("Search completed");
}

}  // namespace imapd

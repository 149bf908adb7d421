// SEARCH and UID SEARCH (RFC 9051 §6.4.4, RFC 3501 §6.4.4, RFC 5182, RFC 5267, RFC 9394, RFC 6203,
// RFC 9738 §3.1).

#include <algorithm>

#include "imapd/commands.hpp"
#include "imapd/find_messages.hpp"
#include "imapd/handlers.hpp"
#include "imapd/message_limit.hpp"
#include "imapd/render_search.hpp"

namespace imapd {

namespace {

using Uids = std::vector<mailstore::Uid>;
using Kind = mail::SearchKey::Kind;

// With MIN, MAX or PARTIAL alone, only those messages count: they are what is saved, and what
// MODSEQ speaks of (RFC 5182 §2.4, RFC 9394 §3.2, RFC 7162 §3.1.10).
Uids counting(const mail::SearchReturn& wants, const Uids& uids) {
  bool some = (wants.min || wants.max || wants.partial) && !wants.all && !wants.count;
  if (!some || uids.empty()) return uids;
  Uids kept;
  if (wants.partial) {
    auto page = wants.partial->among(uids.size());
    kept.assign(uids.begin() + static_cast<std::ptrdiff_t>(page.begin),
                uids.begin() + static_cast<std::ptrdiff_t>(page.end));
  }
  if (wants.min) kept.push_back(uids.front());
  if (wants.max) kept.push_back(uids.back());
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

Found found_of(const Selected& selected, const Uids& uids, const SelectedSearch& search) {
  Found found;
  found.numbering = search.numbering;
  found.mailbox = search.mailbox;
  for (auto uid : uids) {
    auto sequence = selected.sequence_of(uid);
    if (!sequence) continue;
    found.numbers.push_back(search.numbering == Numbering::kUid ? uid : *sequence);
  }
  if (!search.arguments.uses_mod_seq || found.numbers.empty()) return found;
  found.mod_seq = 0;
  for (auto uid : counting(search.arguments.wants, uids)) {
    auto sequence = selected.sequence_of(uid);
    if (sequence) found.mod_seq = std::max(*found.mod_seq, selected.message(*sequence).mod_seq);
  }
  return found;
}

// What the criteria let a search look at whatever else they ask: the sets at their top.
void keep_sets(const mail::SearchKey& key, mail::SearchKey& sets) {
  if (key.kind == Kind::kSequence || key.kind == Kind::kUid) sets.children.push_back(key);
  if (key.kind != Kind::kAnd) return;
  for (const auto& child : key.children) keep_sets(child, sets);
}

// A search that would look at more messages than one command may looks at the last of them; the
// lowest UID it looks at then.
asio::awaitable<std::optional<mailstore::Uid>> narrow(Session& session, mail::SearchKey& key) {
  auto limit = session.settings().imap.message_limit;
  if (session.selected()->size() <= limit) co_return std::nullopt;
  mail::SearchKey sets;
  sets.kind = Kind::kAnd;
  keep_sets(key, sets);
  auto looked_at = co_await find_messages(session, sets);
  if (!looked_at || looked_at->size() <= limit) co_return std::nullopt;
  auto lowest = (*looked_at)[looked_at->size() - limit];
  mail::SearchKey last;
  last.kind = Kind::kUid;
  last.set = mail::SequenceSet({{lowest, looked_at->back()}});
  mail::SearchKey both;
  both.kind = Kind::kAnd;
  both.children = {std::move(last), std::move(key)};
  key = std::move(both);
  co_return lowest;
}

void answer(Session& session, const SelectedSearch& search, const Found& found) {
  bool in_short = search.arguments.wants.given || session.enabled().rev2 || search.mailbox != "";
  if (!in_short) {
    session.out() += render_search(found);
    return;
  }
  auto wants = search.arguments.wants;
  wants.all |= !wants.given;
  // ESEARCH is silent about a mailbox without a match (RFC 7377 §2.1).
  if (search.mailbox != "" && found.numbers.empty()) return;
  session.out() += render_esearch(search.tag, wants, found);
}

}  // namespace

void keep_live(Session& session, LiveSearch search) {
  auto& live = session.selected()->live_searches;
  if (live.full()) {
    return refuse_update(session, search.tag, "Too many searches are kept up to date");
  }
  fix_sequence_numbers(search.key, *session.selected());
  search.next = session.selected()->view().uid_next;
  live.add(std::move(search));
}

void refuse_update(Session& session, std::string_view tag, std::string_view why) {
  session.out().append("* NO [NOUPDATE \"").append(tag).append("\"] ").append(why).append("\r\n");
}

std::optional<Reply> objection(Session& session, const mail::SearchArguments& search) {
  if (session.enabled().uid_only && mail::uses_sequence_numbers(search.key)) return uid_required();
  bool foreign = session.enabled().utf8 && !search.charset.empty();
  if (foreign) return bad("UTF8=ACCEPT is enabled: no CHARSET");
  return std::nullopt;
}

asio::awaitable<Reply> search_selected(Session& session, SelectedSearch search) {
  auto* selected = session.selected();
  const auto& arguments = search.arguments;
  const auto& wants = arguments.wants;
  if (wants.update && selected->live_searches.knows(search.tag)) co_return bad("tag reuse");
  if (wants.save) selected->saved_search = {};
  auto key = arguments.key;
  if (!mail::decode_charset(key, arguments.charset)) {
    co_return no("BADCHARSET (UTF-8 US-ASCII)", "this charset is not known");
  }
  session.enabled().condstore |= arguments.uses_mod_seq;
  auto whole_key = key;
  auto lowest = co_await narrow(session, key);
  auto uids = co_await find_messages(session, std::move(key));
  if (!uids) co_return refusal(uids.error());
  auto found = found_of(*selected, *uids, search);
  SearchPlace place{selected->account(), selected->mailbox(), selected->view()};
  if (wants.relevancy) found.scores = co_await scores_of(session, place, arguments, *uids);
  if (wants.save) selected->saved_search = mail::SequenceSet::of(counting(wants, *uids));
  answer(session, search, found);
  if (wants.update) {
    keep_live(session,
              {search.tag, search.numbering, std::move(whole_key), *uids, nullptr, wants.fetch});
  }
  auto limit = session.settings().imap.message_limit;
  co_return limited(ok("Search completed"), limit, lowest, session.out());
}

asio::awaitable<Reply> cmd_search(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_search(command.arguments, session.selected()->saved_search);
  if (!arguments) co_return bad(arguments.error());
  if (auto reply = objection(session, *arguments)) co_return *reply;
  // RFC 7162 §3.2.10.2: by its numbers a UID SEARCH is as any other.
  const bool by_number = mail::uses_sequence_numbers(arguments->key);
  SelectedSearch search{command.tag, numbering_of(command), std::move(*arguments), ""};
  auto reply = co_await search_selected(session, std::move(search));
  reply.by_number = by_number;
  co_return reply;
}

// CANCELUPDATE (RFC 5267 §4.3.5)
asio::awaitable<Reply> cmd_cancel_update(Session& session, mail::ImapCommand command) {
  auto tags = mail::parse_cancel_update(command.arguments);
  if (!tags) co_return bad(tags.error());
  auto& live = session.selected()->live_searches;
  for (const auto& tag : *tags) {
    if (!live.knows(tag)) co_return no("CLIENTBUG", "no search with this tag is kept up to date");
  }
  for (const auto& tag : *tags) live.cancel(tag);
  co_return ok("Updates cancelled");
}

}  // namespace imapd

// SORT and UID SORT (RFC 5256, RFC 5957, RFC 5267).

#include "mailstore/sort.hpp"

#include <algorithm>
#include <utility>

#include "imapd/commands.hpp"
#include "imapd/find_messages.hpp"
#include "imapd/handlers.hpp"
#include "imapd/render_sort.hpp"
#include "mail/imap_sort.hpp"

namespace imapd {

namespace {

using Uids = std::vector<mailstore::Uid>;
using Positions = std::vector<std::uint32_t>;

// With MIN, MAX or PARTIAL alone, only those messages count (RFC 5182 §2.4, RFC 5267 §3.2).
Positions counting(const mail::SearchReturn& wants, const Positions& order) {
  bool some = (wants.min || wants.max || wants.partial) && !wants.all && !wants.count;
  if (!some || order.empty()) return order;
  Positions kept;
  if (wants.min) kept.push_back(order.front());
  if (wants.max) kept.push_back(order.back());
  if (wants.partial) {
    auto page = wants.partial->among(order.size());
    kept.insert(kept.end(), order.begin() + static_cast<std::ptrdiff_t>(page.begin),
                order.begin() + static_cast<std::ptrdiff_t>(page.end));
  }
  return kept;
}

mailstore::ModSeq highest_of(const Selected& selected, const Positions& sequences,
                             const Positions& positions) {
  mailstore::ModSeq highest = 0;
  for (auto position : positions)
    highest = std::max(highest, selected.message(sequences[position]).mod_seq);
  return highest;
}

mail::SequenceSet saved(const Uids& uids, Positions positions) {
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  Uids kept;
  for (auto position : positions) kept.push_back(uids[position]);
  return mail::SequenceSet::of(kept);
}

// For CONTEXT=SORT: puts UIDs in the order that was asked for.
auto sorter(std::vector<mail::SortCriterion> order) {
  return
      [order = std::move(order)](mailstore::Account& account, const Selected& selected, Uids uids) {
        std::sort(uids.begin(), uids.end());
        return mailstore::sort_messages(account, selected.mailbox(), selected.view(),
                                        std::move(uids), order);
      };
}

}  // namespace

asio::awaitable<Reply> cmd_sort(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto arguments = mail::parse_sort(command.arguments, selected->saved_search);
  if (!arguments) co_return bad(arguments.error());
  auto& search = arguments->search;
  const auto& wants = search.wants;
  if (wants.update && selected->live_searches.knows(command.tag)) co_return bad("tag reuse");
  if (wants.save) selected->saved_search = {};
  if (!mail::decode_charset(search.key, search.charset)) {
    co_return no("BADCHARSET (UTF-8 US-ASCII)", "this charset is not known");
  }
  session.enabled().condstore |= search.uses_mod_seq;
  auto live_key = search.key;  // new messages may be \Recent
  selected->resolve_recent(search.key);
  auto uids = co_await find_messages(session, search.key);
  if (!uids) co_return refusal(uids.error());

  mailstore::SortRun run(selected->mailbox(), selected->view(), std::move(*uids), arguments->order);
  co_await session.in_slices(run);
  auto numbering = numbering_of(command);
  auto sequences = sequences_of(selected->view(), run.uids());
  Found found;
  found.numbering = numbering;
  found.numbers = in_order(numbering == Numbering::kUid ? run.uids() : sequences, run.order());
  auto counted = counting(wants, run.order());
  if (search.uses_mod_seq && !counted.empty())
    found.mod_seq = highest_of(*selected, sequences, counted);
  if (wants.save) selected->saved_search = saved(run.uids(), counted);
  if (wants.update) {
    auto sorted = in_order(run.uids(), run.order());
    keep_live(session, {command.tag, numbering, live_key, sorted, sorter(arguments->order)});
  }
  session.out() += wants.given ? render_esearch(command.tag, wants, found) : render_sort(found);
  co_return ok("Sort completed");
}

}  // namespace imapd

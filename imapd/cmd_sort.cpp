// SORT and UID SORT (RFC 5256, RFC 5957, RFC 5267, RFC 6203 §6).

#include "mailstore/sort.hpp"

#include <algorithm>
#include <utility>

#include "imapd/commands.hpp"
#include "imapd/found_or_refused.hpp"
#include "imapd/handlers.hpp"
#include "imapd/render_sort.hpp"
#include "mail/imap_sort.hpp"

namespace imapd {

namespace {

using Uids = std::vector<mailstore::Uid>;
using Positions = std::vector<std::uint32_t>;

// With MIN, MAX or PARTIAL alone, only those messages count (RFC 5182 §2.4, RFC 5267 §3.2).
Positions counting_in_order(const mail::SearchReturn& wants, const Positions& order) {
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

mail::SequenceSet saved(const mailstore::SortRun& run, const mail::SearchReturn& wants) {
  auto kept = in_order(run.uids(), counting_in_order(wants, run.order()));
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return mail::SequenceSet::of(kept);
}

Found found_of(const Selected& selected, const mailstore::SortRun& run,
               const mail::SearchArguments& search, Numbering numbering) {
  auto sequences = sequences_of(selected.view(), run.uids());
  Found found;
  found.numbering = numbering;
  found.numbers = in_order(numbering == Numbering::kUid ? run.uids() : sequences, run.order());
  if (!search.uses_mod_seq || found.numbers.empty()) return found;
  found.mod_seq = 0;
  for (auto position : counting_in_order(search.wants, run.order()))
    found.mod_seq = std::max(*found.mod_seq, selected.message(sequences[position]).mod_seq);
  return found;
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

// CONTEXT=SORT; scores are not looked up again, so an order by them can't be kept.
void keep_sorted(Session& session, const std::string& tag, const mail::SortArguments& sort,
                 const mailstore::SortRun& run, Numbering numbering) {
  if (sort.orders_by(mail::SortBy::kRelevancy)) {
    return refuse_update(session, tag, "An order by relevancy is not kept up to date");
  }
  auto sorted = in_order(run.uids(), run.order());
  keep_live(session, {tag, numbering, sort.search.key, std::move(sorted), sorter(sort.order),
                      sort.search.wants.fetch});
}

}  // namespace

asio::awaitable<Reply> cmd_sort(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto arguments = mail::parse_sort(command.arguments, selected->saved_search);
  if (!arguments) co_return bad(arguments.error());
  const auto parsed = arguments->search;
  const auto& wants = parsed.wants;
  if (wants.update && selected->live_searches.knows(command.tag)) co_return bad("tag reuse");
  if (wants.save) selected->saved_search = {};
  auto uids = co_await found_or_refused(session, arguments->search);
  if (!uids) co_return uids.error();
  mailstore::SortRun run(selected->mailbox(), selected->view(), std::move(*uids), arguments->order);
  std::vector<int> scores;
  if (wants.relevancy || arguments->orders_by(mail::SortBy::kRelevancy)) {
    SearchPlace place{selected->account(), selected->mailbox(), selected->view()};
    scores = co_await scores_of(session, place, parsed, run.uids());
    run.rank_by(scores);
  }
  co_await session.in_slices(run);
  auto found = found_of(*selected, run, parsed, numbering_of(command));
  if (wants.relevancy) {
    for (auto position : run.order()) found.scores.push_back(scores[position]);
  }
  session.out() += wants.given ? render_esearch(command.tag, wants, found) : render_sort(found);
  if (wants.save) selected->saved_search = saved(run, wants);
  if (wants.update) keep_sorted(session, command.tag, *arguments, run, found.numbering);
  co_return ok("Sort completed");
}

}  // namespace imapd

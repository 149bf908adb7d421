#include "imapd/render_search.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "mail/imap_response.hpp"

namespace imapd {

std::string render_search(const Found& found) {
  std::string out = "* SEARCH";
  for (auto number : found.numbers) {
    out += ' ';
    mail::append_number(out, number);
  }
  if (found.mod_seq) out += fmt::format(" (MODSEQ {})", *found.mod_seq);
  return out + "\r\n";
}

namespace {

template <class Value>
std::vector<Value> page_of(const std::vector<Value>& all, const mail::SearchReturn& wants) {
  if (!wants.partial || all.empty()) return all;
  auto span = wants.partial->among(all.size());
  return {all.begin() + static_cast<std::ptrdiff_t>(span.begin),
          all.begin() + static_cast<std::ptrdiff_t>(span.end)};
}

// ret-data-partial = "PARTIAL" SP "(" partial-range SP (sequence-set / "NIL") ")"
std::string render_page(const mail::SearchReturn& wants, const Found& found) {
  auto page = page_of(found.numbers, wants);
  return fmt::format(" PARTIAL ({} {})", wants.partial->to_string(),
                     page.empty() ? "NIL" : mail::render_uid_set(page));
}

}  // namespace

// esearch-response = "ESEARCH" [SP "(TAG " tag-string [" MAILBOX " mailbox " UIDVALIDITY " number]
//                    ")"] [SP "UID"] *(SP search-return-data)
std::string render_esearch(std::string_view tag, const mail::SearchReturn& wants,
                           const Found& found) {
  bool silent = wants.save && !(wants.min || wants.max || wants.all || wants.count ||
                                wants.partial || wants.relevancy || wants.update);
  if (silent) return "";
  std::string out = "* ESEARCH (TAG ";
  mail::append_string(out, tag);
  out += found.mailbox + ')';
  if (found.numbering == Numbering::kUid) out += " UID";
  if (!found.numbers.empty()) {
    if (wants.min) out += fmt::format(" MIN {}", found.numbers.front());
    if (wants.max) out += fmt::format(" MAX {}", found.numbers.back());
    if (wants.all) out += " ALL " + mail::render_uid_set(found.numbers);
  }
  if (wants.partial) out += render_page(wants, found);
  if (wants.count) out += fmt::format(" COUNT {}", found.numbers.size());
  if (wants.relevancy) {
    out += fmt::format(" RELEVANCY ({})", fmt::join(page_of(found.scores, wants), " "));
  }
  if (found.mod_seq) out += fmt::format(" MODSEQ {}", *found.mod_seq);
  return out + "\r\n";
}

}  // namespace imapd

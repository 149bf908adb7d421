#include "imapd/render_search.hpp"

#include <fmt/format.h>

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

// esearch-response = "ESEARCH" [SP "(TAG " tag-string ")"] [SP "UID"] *(SP search-return-data)
std::string render_esearch(std::string_view tag, const mail::SearchReturn& wants,
                           const Found& found) {
  bool silent = wants.save && !(wants.min || wants.max || wants.all || wants.count);
  if (silent) return "";
  std::string out = "* ESEARCH (TAG ";
  mail::append_string(out, tag);
  out += ')';
  if (found.numbering == Numbering::kUid) out += " UID";
  if (!found.numbers.empty()) {
    if (wants.min) out += fmt::format(" MIN {}", found.numbers.front());
    if (wants.max) out += fmt::format(" MAX {}", found.numbers.back());
    if (wants.all) out += " ALL " + mail::render_uid_set(found.numbers);
  }
  if (wants.count) out += fmt::format(" COUNT {}", found.numbers.size());
  if (found.mod_seq) out += fmt::format(" MODSEQ {}", *found.mod_seq);
  return out + "\r\n";
}

}  // namespace imapd

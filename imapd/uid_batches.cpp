#include "imapd/uid_batches.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/imap_response.hpp"

namespace imapd {

std::vector<mail::NumberRange> uid_batches(const mailstore::MailboxView& view,
                                           const mail::UidBatchesArguments& wanted) {
  const auto& messages = view.messages;
  std::vector<mail::NumberRange> batches;
  std::uint64_t first = wanted.first;
  for (auto begin = (first - 1) * wanted.size; begin < messages.size() && first <= wanted.last;
       ++first, begin += wanted.size) {
    auto end = std::min<std::uint64_t>(begin + wanted.size, messages.size());
    auto high = begin == 0 ? messages.back().uid : messages[messages.size() - begin].uid - 1;
    auto low = end == messages.size() ? 1 : messages[messages.size() - end].uid;
    batches.push_back({high, low});
  }
  return batches;
}

// uidbatches-response = "UIDBATCHES" SP "(TAG " string ")" [SP uid-range *("," uid-range)]
std::string render_uid_batches(const std::string& tag,
                               const std::vector<mail::NumberRange>& batches) {
  std::string out = "* UIDBATCHES (TAG ";
  mail::append_string(out, tag);
  out += ')';
  for (std::size_t i = 0; i < batches.size(); ++i) {
    out += fmt::format("{}{}:{}", i == 0 ? ' ' : ',', batches[i].first, batches[i].last);
  }
  return out + "\r\n";
}

}  // namespace imapd

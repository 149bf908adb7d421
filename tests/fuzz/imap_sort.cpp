#include "mail/imap_sort.hpp"

#include <algorithm>

#include "mail/multi_search.hpp"
#include "tests/fuzz/targets.hpp"

// The arguments of SORT, THREAD and ESEARCH, whichever they are.
void fuzz::imap_sort(std::string_view octets) {
  const mail::SequenceSet saved({{2, 3}});
  if (const auto sort = mail::parse_sort(octets, saved)) {
    check(!sort->order.empty());
    for (const auto& criterion : sort->order) {
      check(std::count_if(sort->order.begin(), sort->order.end(),
                          [&](const auto& other) { return other.by == criterion.by; }) == 1);
    }
    auto key = sort->search.key;
    mail::decode_charset(key, sort->search.charset);
  }
  if (auto thread = mail::parse_thread(octets, saved)) {
    mail::decode_charset(thread->search.key, thread->search.charset);
  }
  if (const auto multi = mail::parse_multi_search(octets, saved)) {
    check(!multi->sources.empty());
    check(!multi->search.uses_saved || multi->only_selected());
  }
}

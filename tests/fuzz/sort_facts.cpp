#include "mail/sort_facts.hpp"

#include <algorithm>

#include "mail/message_ids.hpp"
#include "tests/fuzz/targets.hpp"

void fuzz::sort_facts(std::string_view octets) {
  const mail::SortFacts facts = mail::sort_facts(octets);
  for (const auto& text :
       {facts.subject, facts.from, facts.to, facts.cc, facts.display_from, facts.display_to})
    check(text.size() <= mail::kLongestSortText);
  check(facts.references.size() <= mail::kMostReferences);
  check(std::none_of(facts.references.begin(), facts.references.end(),
                     [](const std::string& id) { return id.empty(); }));
  constexpr std::size_t kSome = 5;
  const auto ids = mail::message_ids(octets, kSome);
  check(ids.size() <= kSome);
  for (const std::string& id : ids) check(!id.empty() && id.size() <= octets.size());
}

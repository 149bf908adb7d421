#include "mail/thread.hpp"

#include <algorithm>

#include "tests/fuzz/targets.hpp"

namespace {

using mail::Threads;

// One octet a message id or reference, so that they meet and loop often; "\n" ends a message.
mail::Threads threads_of(mail::ThreadAlgorithm algorithm, std::string_view octets) {
  mail::Threader threader(algorithm, 0);
  while (!octets.empty()) {
    const std::string_view line = octets.substr(0, octets.find('\n'));
    octets.remove_prefix(std::min(octets.size(), line.size() + 1));
    auto number = [&](std::size_t at) -> unsigned {
      return at < line.size() ? static_cast<unsigned char>(line[at]) % 32 : 0;
    };
    std::vector<std::uint64_t> references;
    for (std::size_t at = 3; at < line.size(); ++at)
      if (number(at) != 0) references.push_back(number(at));
    threader.add({number(1), number(2) / 2, number(0), number(2) % 2 == 1}, references);
  }
  return std::move(threader).finish();
}

// A forest: every node is reached once, every message is in it, and what is missing has children.
void check_forest(const Threads& threads, std::size_t messages) {
  std::vector<bool> reached(threads.nodes.size()), told(messages);
  std::vector<std::uint32_t> open{threads.first_root};
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    if (node == Threads::kNone) continue;
    fuzz::check(node < reached.size() && !reached[node]);
    reached[node] = true;
    const Threads::Node& here = threads.nodes[node];
    if (here.message == Threads::kNone) {
      fuzz::check(here.first_child != Threads::kNone);
    } else {
      fuzz::check(here.message < messages && !told[here.message]);
      told[here.message] = true;
    }
    open.push_back(here.first_child);
    open.push_back(here.next_sibling);
  }
  fuzz::check(std::find(told.begin(), told.end(), false) == told.end());
}

}  // namespace

void fuzz::thread(std::string_view octets) {
  const auto lines = static_cast<std::size_t>(std::count(octets.begin(), octets.end(), '\n'));
  const bool open_end = !octets.empty() && octets.back() != '\n';
  for (const auto algorithm : {mail::ThreadAlgorithm::kOrderedSubject,
                               mail::ThreadAlgorithm::kReferences, mail::ThreadAlgorithm::kRefs})
    check_forest(threads_of(algorithm, octets), lines + (open_end ? 1 : 0));
}

#include "mua/sync/thread_order.hpp"

#include <algorithm>
#include <unordered_map>

namespace mua::sync {

namespace {

constexpr std::size_t kNone = SIZE_MAX;

/// Parents by index; what would close a circle has none.
std::vector<std::size_t> parents_of(const std::vector<ThreadMember>& members) {
  std::unordered_map<std::string_view, std::size_t> by_id;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].message_id.empty()) by_id.emplace(members[i].message_id, i);
  }
  std::vector<std::size_t> parents(members.size(), kNone);
  const auto above = [&](std::size_t of, std::size_t sought) {
    for (std::size_t at = of; at != kNone; at = parents[at]) {
      if (at == sought) return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto& references = members[i].references;
    for (auto id = references.rbegin(); id != references.rend(); ++id) {
      const auto found = by_id.find(*id);
      if (found == by_id.end() || above(found->second, i)) continue;
      parents[i] = found->second;
      break;
    }
  }
  return parents;
}

}  // namespace

std::vector<Row> in_thread_order(std::vector<ThreadMember> members) {
  std::sort(members.begin(), members.end(), [](const ThreadMember& a, const ThreadMember& b) {
    return std::pair(a.row.date, a.row.id) < std::pair(b.row.date, b.row.id);
  });
  const std::vector<std::size_t> parents = parents_of(members);
  std::vector<std::vector<std::size_t>> children(members.size());
  std::vector<std::pair<std::size_t, unsigned>> stack;  // what is still to be told, the next last
  for (std::size_t i = members.size(); i-- > 0;) {
    if (parents[i] == kNone) {
      stack.emplace_back(i, 0);
    } else {
      children[parents[i]].push_back(i);
    }
  }
  std::vector<Row> out;
  out.reserve(members.size());
  while (!stack.empty()) {
    const auto [at, depth] = stack.back();
    stack.pop_back();
    for (const std::size_t child : children[at]) stack.emplace_back(child, depth + 1);
    members[at].row.depth = depth;
    out.push_back(std::move(members[at].row));
  }
  return out;
}

}  // namespace mua::sync

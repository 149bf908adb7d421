#include "mailctl/forward_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>

namespace mailctl {

using mailstore::Forwarding;

boost::json::object object_of(const Forwarding& forwarding) {
  const bool keeps = forwarding.targets.empty() || forwarding.copy == Forwarding::Copy::kKept;
  return {{"forwards", boost::json::array(forwarding.targets.begin(), forwarding.targets.end())},
          {"keeps_copy", keeps}};
}

std::string describe(const Forwarding& forwarding) {
  if (forwarding.targets.empty()) return "stays in the mailbox";
  return fmt::format("goes to {}, {}", fmt::join(forwarding.targets, ", "),
                     forwarding.copy == Forwarding::Copy::kKept ? "and a copy stays in the mailbox"
                                                                : "and none stays in the mailbox");
}

}  // namespace mailctl

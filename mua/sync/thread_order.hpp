// The messages of one thread in the order in which they are read: an answer below what it answers,
// siblings by date. Pure. Private to the folder.
#pragma once

#include <string>
#include <vector>

#include "mua/sync/model.hpp"

namespace mua::sync {

struct ThreadMember {
  Row row;
  std::string message_id;               ///< without brackets
  std::vector<std::string> references;  ///< the oldest first, the one answered last
};

/// The rows with their depth. A message hangs on the last of its references that is there.
std::vector<Row> in_thread_order(std::vector<ThreadMember> members);

}  // namespace mua::sync

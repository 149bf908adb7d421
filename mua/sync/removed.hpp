// Messages that are gone from the lists and still in the indexes of text: they are taken out a few
// at a time, when nothing else is to do. Until then a search passes them over.
#pragma once

#include <cstddef>

#include "mua/sync/local_store.hpp"

namespace mua::sync {

/// Takes out at most `most`, in one short transaction; how many it were.
std::size_t reclaim_removed(LocalStore& store, std::size_t most);

}  // namespace mua::sync

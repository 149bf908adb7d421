// A value or the reason there is none. Expected outcomes travel as Result; exceptions are for a
// broken world (disk, database, socket). The library is libexpected (std::expected comes only with
// C++23).
#pragma once

#include <tl/expected.hpp>

namespace mail {

template <class T, class E>
using Result = tl::expected<T, E>;

using tl::unexpected;

}  // namespace mail

// What the reader says of a message's signatures and encryption. Pure.
#pragma once

#include <vector>

#include "mail/address.hpp"
#include "mua/crypt/seal.hpp"
#include "mua/screen/line.hpp"

namespace mua::screen {

/// `from`: who the message says it is from, held against who signed.
std::vector<Line> seal_lines(const crypt::Opened& opened,
                             const std::vector<mail::NamedAddress>& from);

}  // namespace mua::screen

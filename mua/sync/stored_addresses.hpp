// Lists of addresses as the local store's columns hold them: name, local part and domain between
// control characters, which neither has after mua::printable. Private to the folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"

namespace mua::sync {

///   Ann US ann US x.test RS Bob US bob US y.test RS
std::string stored_addresses(const std::vector<mail::NamedAddress>& addresses);
/// The first `most` of them.
std::vector<mail::NamedAddress> read_addresses(std::string_view stored,
                                               std::size_t most = SIZE_MAX);

/// Names and addresses, for searching.
std::string searchable_addresses(std::string_view stored);

}  // namespace mua::sync

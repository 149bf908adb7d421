// What ls and search print: rows for messages.
#pragma once

#include <cstdint>
#include <vector>

#include "mua/common_options.hpp"
#include "mua/selection.hpp"

namespace mua {

/// Prints them in the order given.
void show_rows(const std::vector<Row>& rows, Format format);
void show_rows(const Selection& selection, std::vector<mail::imap::Fetched> messages,
               Format format);

}  // namespace mua

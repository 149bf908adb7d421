// What of a message's page is under the mouse: an attachment's chip, a link. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mua/screen/page.hpp"

namespace mua::screen {

/// Of a line of the page, and the column in it.
struct Spot {
  std::size_t line = 0;
  int column = 0;
};

/// The number of the attachment, from 1 on: "[2 report.pdf 205 KB]".
std::optional<std::size_t> chip_at(const std::vector<Line>& page, Spot spot);

/// Of `links` the one that stands there, whole, in part because it was broken, or by its number
/// "[3]" as texts from HTML have it.
std::optional<std::string> link_at(const std::vector<Line>& page, Spot spot,
                                   const std::vector<std::string>& links);

}  // namespace mua::screen

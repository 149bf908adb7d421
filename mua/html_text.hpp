// HTML mail as text for a terminal: paragraphs, lists, quotes and plain tables; links are numbered
// and their addresses stand at the end. What is hidden (preheaders, scripts, styles) is left out,
// and nothing is ever fetched. Parsing is gumbo's.
#pragma once

#include <string>
#include <string_view>

namespace mua {

/// `html` is UTF-8. Lines are as long as their paragraphs; the terminal or a pager wraps them.
std::string html_to_text(std::string_view html);

}  // namespace mua

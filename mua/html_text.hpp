// HTML mail as text for a terminal: paragraphs, lists, quotes and plain tables; links are numbered
// and their addresses stand at the end. What is hidden (preheaders, scripts, styles) is left out,
// and nothing is ever fetched. Parsing is gumbo's.
#pragma once

#include <string>
#include <string_view>

namespace mua {

/// `html` is UTF-8. Lines are as long as their paragraphs; the terminal or a pager wraps them.
std::string html_to_text(std::string_view html);

/// Pictures that somebody else's server would have been asked for, and how many of them nobody
/// could have seen: those only tell that, when and where a message is read.
struct Remote {
  unsigned pictures = 0;
  unsigned trackers = 0;  ///< of these, at most one pixel high or wide, or hidden
};
Remote remote_pictures(std::string_view html);

}  // namespace mua

// What a command says on stdout: text or one line of JSON.
#pragma once

#include <boost/json.hpp>
#include <string_view>

#include "mua/common_options.hpp"

namespace mua {

/// Throws Failure when stdout can't take it (a full disk); a reader that went away is no failure.
void print(std::string_view text);
void print(const boost::json::value& value);

/// `to_text` of each, or one array of `to_json` of each.
template <class Items, class ToText, class ToJson>
void print_list(const Items& items, Format format, ToText to_text, ToJson to_json) {
  boost::json::array out;
  std::string text;
  for (const auto& item : items) {
    if (format == Format::kJson)
      out.push_back(to_json(item));
    else
      text += to_text(item);
  }
  if (format == Format::kJson) return print(out);
  print(text);
}

/// Columns of the terminal on stdout; 0 when it is none, and nothing is to be cut.
std::size_t terminal_width();

}  // namespace mua

// What a command says on stdout: text or one line of JSON.
#pragma once

#include <boost/json.hpp>
#include <string_view>

namespace mua {

/// Throws Failure when stdout can't take it (a full disk); a reader that went away is no failure.
void print(std::string_view text);
void print(const boost::json::value& value);

/// Columns of the terminal on stdout; 0 when it is none, and nothing is to be cut.
std::size_t terminal_width();

}  // namespace mua

// The functions by which bash, zsh and fish ask mua what may come next.
#pragma once

#include <string>
#include <string_view>

namespace mua {

/// To be sourced by that shell, or put where it looks for such; "" for another shell.
std::string_view completion_script(std::string_view shell);

}  // namespace mua

// conf/pabal.toml as it was when this was built, for `mailctl init` to fill in.
#pragma once

#include <string_view>

namespace conf {

std::string_view sample_settings();

}  // namespace conf

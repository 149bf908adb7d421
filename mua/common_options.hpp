// The options that all commands of mua have.
#pragma once

#include <string>

namespace mua {

enum class Format { kText, kJson };

struct CommonOptions {
  std::string config;    ///< --config, "" for the usual places
  std::string settings;  ///< --settings, "" for the usual places
  std::string account;   ///< --account, "" when there is only one
  Format format = Format::kText;
};

}  // namespace mua

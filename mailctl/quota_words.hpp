// What an account may hold and holds, in words and as JSON.
#pragma once

#include <boost/json/object.hpp>

#include <string>

#include "mailstore/quota.hpp"

namespace mailctl {

struct Quota {
  mailstore::Limits limits;  ///< that count
  mailstore::OwnLimits own;  ///< of the account
  mailstore::Usage used;
};

/// {"storage": {"used": 1024, "limit": 1048576, "own": true}, "messages": {...}, ...}; limit null
/// where there is none.
boost::json::object object_of(const Quota& quota);

/// A line for each resource: "storage    3.2 MiB of 1GiB (default)".
std::string describe(const Quota& quota);

}  // namespace mailctl

// What a user forwards, in words and as JSON.
#pragma once

#include <boost/json/object.hpp>

#include <string>

#include "mailstore/directory.hpp"

namespace mailctl {

/// {"forwards": ["a@elsewhere.test"], "keeps_copy": true}
boost::json::object object_of(const mailstore::Forwarding& forwarding);

/// "goes to a@elsewhere.test, and a copy stays in the mailbox"
std::string describe(const mailstore::Forwarding& forwarding);

}  // namespace mailctl

// QUOTA and QUOTAROOT responses (RFC 9208 §4.2). An account is one quota root, whose name is its
// address; one without limits is none.
#pragma once

#include <string>
#include <string_view>

#include "imapd/enabled.hpp"
#include "mailstore/quota.hpp"

namespace imapd {

/// "* QUOTA alice@example.test (STORAGE 10 512 MESSAGE 3 1000)" as a whole line: the resources that
/// are limited, storage in units of 1024 octets, rounded up.
void append_quota(std::string& out, std::string_view root, const mailstore::Limits& limits,
                  const mailstore::Usage& used, const Enabled& enabled);

/// "* QUOTAROOT INBOX alice@example.test" as a whole line; "" is no root.
void append_quota_root(std::string& out, std::string_view mailbox, std::string_view root,
                       const Enabled& enabled);

}  // namespace imapd

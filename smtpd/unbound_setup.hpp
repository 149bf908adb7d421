// libunbound set up as [dns] says: whom it asks, whose keys it trusts, how much it may use. What it
// gets wrong signatures for it withholds by itself (RFC 4035 §5). A handle is complete when it is
// given out: nothing in the settings is found wrong later.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "conf/settings.hpp"

struct ub_ctx;

namespace smtpd {

struct UnboundFreer {
  void operator()(ub_ctx* context) const;
};
/// Freeing it ends its thread, and with it every question that is open.
using UnboundHandle = std::unique_ptr<ub_ctx, UnboundFreer>;

/// Reads the files that the settings name; throws conf::ValueError for one that can't be used,
/// std::runtime_error for what else is wrong. libunbound has its thread from the first question on.
UnboundHandle open_unbound(const conf::DnsSettings& settings);

/// Those that it reads: hints and keys.
std::vector<std::filesystem::path> files_of(const conf::DnsSettings& settings);

/// The file of the root's keys that these settings have checked, "" when none is.
std::filesystem::path trust_anchor_of(const conf::DnsSettings& settings);

}  // namespace smtpd

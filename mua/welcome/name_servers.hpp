// Questions to DNS while an account is set up: several at once, answered within a bounded time
// (libunbound). Whom to ask: the servers that the settings of a Pabal installation name, else those
// of /etc/resolv.conf.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "conf/settings.hpp"

struct ub_ctx;

namespace mua::welcome {

class NameServers {
 public:
  /// `settings` may be null.
  explicit NameServers(const conf::DnsSettings* settings);
  ~NameServers();
  NameServers(const NameServers&) = delete;
  NameServers& operator=(const NameServers&) = delete;

  /// The SRV records of each name, as octets; none where nobody answered in time.
  std::vector<std::vector<std::string>> srv_records(const std::vector<std::string>& names,
                                                    std::chrono::milliseconds time);

 private:
  ub_ctx* context_;
};

}  // namespace mua::welcome

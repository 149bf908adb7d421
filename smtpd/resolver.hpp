// DNS by libunbound, which caches and checks what it gets; the servers asked are those of
// /etc/resolv.conf. One for the process, safe from every thread.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "smtpd/mx.hpp"

struct ub_ctx;

namespace smtpd {

class Resolver {
 public:
  Resolver();  ///< throws std::runtime_error when libunbound can't start

  /// Blocks for as long as DNS takes, up to a minute or so.
  MxAnswer find_mx(const std::string& domain) const;

 private:
  std::unique_ptr<ub_ctx, void (*)(ub_ctx*)> context_;
};

/// The data of an MX record: two octets of preference and a name (RFC 1035 §3.3.9). `host` is empty
/// for the root and for data that is no MX.
MxRecord read_mx(std::span<const unsigned char> data);

}  // namespace smtpd

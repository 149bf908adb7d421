// Which hosts take mail for a domain: MX records in order (RFC 5321 §5.1), the domain's own address
// where it has none, no host at all for a null MX (RFC 7505). The ordering is pure; the question
// itself is the resolver's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "smtpd/route.hpp"

namespace smtpd {

struct MxRecord {
  std::uint16_t preference = 0;
  std::string host;  ///< without the last dot; "" is the root of a null MX
};

/// What DNS said of a domain.
struct MxAnswer {
  enum class Status { kFound, kNoRecords, kNoDomain, kTrouble };
  Status status = Status::kTrouble;
  std::vector<MxRecord> records;
  /// For kNoRecords: whether the domain itself has an address.
  bool has_address = false;
  std::string reason;  ///< of kTrouble
};

/// Blocks; called on a worker's thread.
using MxLookup = std::function<MxAnswer(const std::string& domain)>;

/// Equal preferences are mixed by `random`, to spread load. Hosts not better than `self` are left
/// out, for mail would come back to us. The hosts come without addresses.
Route choose_route(const std::string& domain, MxAnswer answer, const std::string& self,
                   std::function<std::uint32_t()> random);

}  // namespace smtpd

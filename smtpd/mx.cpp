#include "smtpd/mx.hpp"

#include <algorithm>
#include <utility>

#include "mail/ascii.hpp"

namespace smtpd {

namespace {

Route refused(std::string refusal) { return {{}, std::move(refusal), false}; }

Route route_of_records(std::vector<MxRecord> records, const std::string& self,
                       const std::function<std::uint32_t()>& random) {
  for (std::size_t i = records.size(); i > 1; --i) {
    std::swap(records[i - 1], records[random() % i]);
  }
  std::stable_sort(records.begin(), records.end(), [](const MxRecord& a, const MxRecord& b) {
    return a.preference < b.preference;
  });
  const auto we = std::find_if(records.begin(), records.end(), [&](const MxRecord& record) {
    return mail::same_ignoring_case(record.host, self);
  });
  Route route;
  for (const MxRecord& record : records) {
    if (we != records.end() && record.preference >= we->preference) break;
    if (!record.host.empty()) route.hosts.push_back(Host{record.host});
  }
  if (route.hosts.empty()) return refused("550 5.4.6 The domain's mail comes back to this host");
  return route;
}

}  // namespace

Route choose_route(const std::string& domain, MxAnswer answer, const std::string& self,
                   std::function<std::uint32_t()> random) {
  switch (answer.status) {
    case MxAnswer::Status::kTrouble:
      return refused("451 4.4.3 The domain can't be looked up now: " + answer.reason);
    case MxAnswer::Status::kNoDomain: return refused("550 5.1.2 The domain doesn't exist");
    case MxAnswer::Status::kNoRecords:
      if (!answer.has_address) return refused("550 5.1.2 The domain has no host for mail");
      if (mail::same_ignoring_case(domain, self)) {
        return refused("550 5.4.6 The domain's mail comes back to this host");
      }
      return {{Host{domain}}, "", false};
    case MxAnswer::Status::kFound: break;
  }
  if (answer.records.size() == 1 && answer.records.front().host.empty()) {
    return refused("556 5.1.10 The domain takes no mail");  // RFC 7505 §3
  }
  return route_of_records(std::move(answer.records), self, random);
}

}  // namespace smtpd

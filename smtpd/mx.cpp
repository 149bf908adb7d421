#include "smtpd/mx.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "mail/ascii.hpp"

namespace smtpd {

namespace {

constexpr const char* kLoop = "550 5.4.6 The domain's mail comes back to this host";

MxChoice refused(std::string refusal) { return {{}, std::move(refusal), ""}; }

bool is_host_label(std::string_view label) {
  return std::all_of(label.begin(), label.end(),
                     [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

std::vector<MxRecord> records_of(const Answer& answer) {
  std::vector<MxRecord> records;
  for (const std::string& data : answer.records) {
    if (auto record = read_mx(data)) records.push_back(std::move(*record));
  }
  return records;
}

MxChoice choose_records(std::vector<MxRecord> records, const std::string& self,
                        const Random& random) {
  MxChoice choice;
  choice.no_address = "550 5.4.4 None of the domain's mail hosts has an address";
  if (records.empty()) return refused(choice.no_address);
  // RFC 7505 §3; a root beside other hosts is a mistake and names no host.
  std::erase_if(records, [](const MxRecord& record) { return record.host.empty(); });
  if (records.empty()) return refused("556 5.1.10 The domain takes no mail");
  put_in_order(records, random);
  const auto we = std::find_if(records.begin(), records.end(), [&](const MxRecord& record) {
    return mail::same_ignoring_case(record.host, self);
  });
  if (we != records.end()) {
    const std::uint16_t ours = we->preference;
    std::erase_if(records, [&](const MxRecord& record) { return record.preference >= ours; });
  }
  if (records.empty()) return refused(kLoop);
  if (records.size() > kMaxHosts) records.resize(kMaxHosts);
  choice.hosts = std::move(records);
  return choice;
}

}  // namespace

// MX = preference host; preference = 2OCTET; host = *(length label) %x00
std::optional<MxRecord> read_mx(std::string_view data) {
  if (data.size() < 3) return std::nullopt;
  const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(data[at]); };
  MxRecord record;
  record.preference = static_cast<std::uint16_t>(octet(0) << 8 | octet(1));
  std::size_t at = 2;
  while (at < data.size() && octet(at) != 0) {
    const std::string_view label = data.substr(at + 1, octet(at));
    if (label.size() != octet(at) || !is_host_label(label)) return std::nullopt;
    if (!record.host.empty()) record.host += '.';
    record.host += label;
    at += 1 + label.size();
  }
  if (at >= data.size()) return std::nullopt;
  return record;
}

MxChoice choose_hosts(const std::string& domain, const Answer& answer, const std::string& self,
                      const Random& random) {
  switch (answer.status) {
    case Answer::Status::kTrouble: return refused(lookup_trouble(answer.reason));
    case Answer::Status::kNoDomain: return refused("550 5.1.2 The domain doesn't exist");
    case Answer::Status::kFound: return choose_records(records_of(answer), self, random);
    case Answer::Status::kNoRecords: break;
  }
  if (mail::same_ignoring_case(domain, self)) return refused(kLoop);
  return {{{0, domain}}, "", "550 5.1.2 The domain has no host for mail"};
}

Route choose_route(const std::vector<KnownHost>& hosts, const std::string& no_address) {
  std::optional<std::uint16_t> ours;
  for (const KnownHost& host : hosts) {
    if (host.is_self) ours = std::min(ours.value_or(host.mx.preference), host.mx.preference);
  }
  Route route;
  std::string trouble;
  for (const KnownHost& host : hosts) {
    route.ttl = std::min(route.ttl, host.ttl);
    if (ours && host.mx.preference >= *ours) continue;
    if (trouble.empty()) trouble = host.trouble;
    if (host.addresses.empty()) continue;
    route.hosts.push_back({host.mx.host, host.addresses, host.mx.preference});
  }
  if (!route.hosts.empty()) return route;
  if (!trouble.empty()) {
    route.refusal = lookup_trouble(trouble);
  } else {
    route.refusal = ours ? kLoop : no_address;
  }
  return route;
}

std::string lookup_trouble(const std::string& reason) {
  return "451 4.4.3 The domain can't be looked up now: " + reason;
}

}  // namespace smtpd

#include "mua/welcome/srv_records.hpp"

#include <algorithm>
#include <tuple>

#include "mail/ascii.hpp"

namespace mua::welcome {

namespace {

std::uint16_t number_at(std::string_view data, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(data[at]) << 8 |
                                    static_cast<unsigned char>(data[at + 1]));
}

/// Letters, digits, hyphens and what is not ASCII: nothing that a terminal or a URL minds.
bool is_plain(std::string_view label) {
  return std::all_of(label.begin(), label.end(),
                     [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

/// labels each after its length, the empty one last
std::optional<std::string> name_at(std::string_view data, std::size_t at) {
  std::string name;
  while (at < data.size()) {
    const auto length = static_cast<unsigned char>(data[at++]);
    if (length == 0) return at == data.size() ? std::optional(name) : std::nullopt;
    if (length > 63 || at + length > data.size()) return std::nullopt;
    const std::string_view label = data.substr(at, length);
    if (!is_plain(label)) return std::nullopt;
    if (!name.empty()) name += '.';
    name += label;
    at += length;
  }
  return std::nullopt;
}

}  // namespace

// priority weight port target, the numbers of two octets each
std::optional<SrvRecord> parse_srv(std::string_view data) {
  if (data.size() < 7) return std::nullopt;
  auto target = name_at(data, 6);
  if (!target) return std::nullopt;
  return SrvRecord{number_at(data, 0), number_at(data, 2), number_at(data, 4), std::move(*target)};
}

std::optional<SrvRecord> best_of(const std::vector<std::string>& records) {
  std::optional<SrvRecord> best;
  for (const std::string& data : records) {
    auto record = parse_srv(data);
    if (!record || record->target.empty() || record->port == 0) continue;
    const bool better = !best || std::tuple(record->priority, -record->weight) <
                                     std::tuple(best->priority, -best->weight);
    if (better) best = std::move(record);
  }
  return best;
}

bool lies_in(std::string_view host, std::string_view domain) {
  if (host.size() < domain.size()) return false;
  const std::string_view end = host.substr(host.size() - domain.size());
  if (!mail::same_ignoring_case(end, domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace mua::welcome

#include "tests/smtpd/name_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace smtpd {

namespace {

constexpr int kTypeA = 1, kTypeCname = 5, kTypeSoa = 6, kTypeMx = 15, kTypeAaaa = 28;
constexpr std::size_t kHeader = 12;

std::string u16(unsigned value) {
  return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
}

std::string u32(std::uint32_t value) { return u16(value >> 16) + u16(value & 0xffff); }

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// "mx.test" → 2 "mx" 4 "test" 0; "" is the root.
std::string wire_name(const std::string& name) {
  std::string wire;
  for (std::size_t at = 0; at < name.size();) {
    const auto end = std::min(name.find('.', at), name.size());
    wire += static_cast<char>(end - at);
    wire += name.substr(at, end - at);
    at = end + 1;
  }
  return wire + '\0';
}

std::string record(const std::string& name, int type, std::uint32_t ttl, const std::string& data) {
  return wire_name(name) + u16(static_cast<unsigned>(type)) + u16(1) + u32(ttl) +
         u16(static_cast<unsigned>(data.size())) + data;
}

std::string address_data(const std::string& address) {
  std::string data(16, '\0');
  if (inet_pton(AF_INET6, address.c_str(), data.data()) == 1) return data;
  data.resize(4);
  if (inet_pton(AF_INET, address.c_str(), data.data()) == 1) return data;
  throw std::invalid_argument("no address: " + address);
}

int open_socket(int type, std::uint16_t port) {
  const int socket = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) return socket;
  ::close(socket);
  return -1;
}

std::uint16_t port_of(int socket) {
  sockaddr_in at{};
  socklen_t length = sizeof at;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &length);
  return ntohs(at.sin_port);
}

/// A message with one question; `flags` and counts as RFC 1035 §4.1.1 has them.
std::string message(const std::string& id, unsigned flags, const std::string& question,
                    unsigned answers, unsigned authorities) {
  return id + u16(flags) + u16(1) + u16(answers) + u16(authorities) + u16(0) + question;
}

constexpr unsigned kResponse = 0x8580;  // QR AA RD RA
constexpr unsigned kTruncated = 0x0200, kServFail = 2, kNxDomain = 3, kRefused = 5;

}  // namespace

/// A question as it came.
struct NameServer::Asked {
  explicit Asked(const std::string& query) : id(query.substr(0, 2)) {
    std::size_t at = kHeader;
    while (at < query.size() && query[at] != 0) {
      if (!name.empty()) name += '.';
      const auto length = static_cast<std::size_t>(query[at]);
      name += lower(query.substr(at + 1, length));
      at += 1 + length;
    }
    type = static_cast<unsigned char>(query.at(at + 1)) << 8 |
           static_cast<unsigned char>(query.at(at + 2));
    question = query.substr(kHeader, at + 5 - kHeader);
  }

  std::string id, name, question;
  int type = 0;
};

NameServer::NameServer() {
  // The port must be free for both.
  for (int attempt = 0; tcp_ < 0 && attempt < 20; ++attempt) {
    if (udp_ >= 0) ::close(udp_);
    udp_ = open_socket(SOCK_DGRAM, 0);
    port_ = port_of(udp_);
    tcp_ = open_socket(SOCK_STREAM, port_);
  }
  if (tcp_ < 0 || ::listen(tcp_, 16) != 0) throw std::runtime_error("no port for a name server");
  thread_ = std::thread([this] { serve(); });
}

NameServer::~NameServer() {
  stopped_ = true;
  thread_.join();
  ::close(udp_);
  ::close(tcp_);
}

void NameServer::mx(const std::string& name, std::uint16_t preference, const std::string& host) {
  add(name, kTypeMx, u16(preference) + wire_name(host));
}

void NameServer::address(const std::string& name, const std::string& address) {
  std::string data = address_data(address);
  const int type = data.size() == 4 ? kTypeA : kTypeAaaa;
  add(name, type, std::move(data));
}

void NameServer::cname(const std::string& name, const std::string& target) {
  add(name, kTypeCname, wire_name(target));
}

void NameServer::add(const std::string& name, int type, std::string data) {
  const std::lock_guard lock(mutex_);
  records_.emplace(std::pair(lower(name), type), std::move(data));
}

void NameServer::behave(const std::string& name, Manner manner) {
  const std::lock_guard lock(mutex_);
  manners_[lower(name)] = manner;
}

unsigned NameServer::asked(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = asked_.find(lower(name));
  return found == asked_.end() ? 0 : found->second;
}

void NameServer::serve() {
  pollfd waiting[] = {{udp_, POLLIN, 0}, {tcp_, POLLIN, 0}};
  while (!stopped_) {
    ::poll(waiting, 2, 20);
    if (waiting[0].revents & POLLIN) serve_udp();
    if (waiting[1].revents & POLLIN) serve_tcp();
  }
}

void NameServer::serve_udp() {
  std::string query(4096, '\0');
  sockaddr_storage from{};
  socklen_t length = sizeof from;
  const auto size =
      ::recvfrom(udp_, query.data(), query.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
  if (size < static_cast<ssize_t>(kHeader)) return;
  query.resize(static_cast<std::size_t>(size));
  const Asked asked(query);
  const Manner manner = note(asked);
  for (const std::string& reply : datagrams(asked, manner)) {
    ::sendto(udp_, reply.data(), reply.size(), 0, reinterpret_cast<const sockaddr*>(&from), length);
  }
}

void NameServer::serve_tcp() {
  const int connection = ::accept(tcp_, nullptr, nullptr);
  std::string query(4096, '\0');
  const auto size = ::recv(connection, query.data(), query.size(), 0);
  if (size > static_cast<ssize_t>(kHeader + 2)) {
    const Asked asked(query.substr(2, static_cast<std::size_t>(size) - 2));
    note(asked);
    const std::string whole = answer(asked);
    const std::string reply = u16(static_cast<unsigned>(whole.size())) + whole;
    ::send(connection, reply.data(), reply.size(), MSG_NOSIGNAL);
  }
  ::close(connection);
}

NameServer::Manner NameServer::note(const Asked& asked) {
  const std::lock_guard lock(mutex_);
  ++asked_[asked.name];
  const auto found = manners_.find(asked.name);
  return found == manners_.end() ? Manner::kTruthful : found->second;
}

std::vector<std::string> NameServer::datagrams(const Asked& asked, Manner manner) const {
  const std::string other_id = {asked.id[0], static_cast<char>(asked.id[1] ^ 1)};
  const std::string lie = record(asked.name, kTypeA, 60, address_data(kLie));
  const std::string other_question = wire_name("other.test") + u16(kTypeA) + u16(1);
  switch (manner) {
    case Manner::kTruthful: return {answer(asked)};
    case Manner::kFails: return {message(asked.id, kResponse | kServFail, asked.question, 0, 0)};
    case Manner::kRefuses: return {message(asked.id, kResponse | kRefused, asked.question, 0, 0)};
    case Manner::kSilent: return {};
    case Manner::kWrongId: return {message(other_id, kResponse, asked.question, 1, 0) + lie};
    case Manner::kWrongIdFirst:
      return {message(other_id, kResponse, asked.question, 1, 0) + lie, answer(asked)};
    case Manner::kWrongName: return {message(asked.id, kResponse, other_question, 1, 0) + lie};
    case Manner::kTruncates:
      return {message(asked.id, kResponse | kTruncated, asked.question, 0, 0)};
  }
  return {};
}

bool NameServer::exists(const std::string& name) const {
  const std::string below = "." + name;
  return std::any_of(records_.begin(), records_.end(), [&](const auto& one) {
    return name.empty() || one.first.first == name || one.first.first.ends_with(below);
  });
}

std::string NameServer::answer(const Asked& asked) const {
  const std::lock_guard lock(mutex_);
  std::string name = asked.name, found;
  unsigned count = 0;
  for (int hops = 0; hops < 16 && asked.type != kTypeCname; ++hops) {
    const auto alias = records_.find({name, kTypeCname});
    if (alias == records_.end()) break;
    found += record(name, kTypeCname, ttl_, alias->second);
    ++count;
    name.clear();
    for (std::size_t at = 0; alias->second[at] != 0; at += 1 + alias->second[at]) {
      if (!name.empty()) name += '.';
      name += lower(alias->second.substr(at + 1, static_cast<std::size_t>(alias->second[at])));
    }
  }
  const auto [begin, end] = records_.equal_range({name, asked.type});
  for (auto at = begin; at != end; ++at, ++count)
    found += record(name, asked.type, ttl_, at->second);
  const unsigned code = exists(name) ? 0 : kNxDomain;
  if (begin != end) return message(asked.id, kResponse, asked.question, count, 0) + found;
  const std::string soa = wire_name("ns.test") + wire_name("root.test") + u32(1) + u32(3600) +
                          u32(600) + u32(86400) + u32(ttl_);
  return message(asked.id, kResponse | code, asked.question, count, 1) + found +
         record("test", kTypeSoa, ttl_, soa);
}

}  // namespace smtpd

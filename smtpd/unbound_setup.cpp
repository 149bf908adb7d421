#include "smtpd/unbound_setup.hpp"

#include <fmt/format.h>
#include <unbound.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "conf/value_error.hpp"

namespace smtpd {

namespace {

// Of Debian's package dns-root-data.
constexpr const char* kRootKeys = "/usr/share/dns/root.key";

constexpr std::string_view kKeys = "DS or DNSKEY records of the zone";
constexpr std::string_view kDefaultKeys =
    "the root's keys: install dns-root-data, or set dns.trust_anchor to \"\" to go without DNSSEC";

// libunbound's own figures are those of a program that asks once; a queue asks for hundreds of
// domains at a time. And a network that was down is tried again at once when it is back: what is
// remembered of silent servers lasts seconds, not fifteen minutes, and a question is given up
// before its time-outs, which double, have grown past that.
constexpr std::array<std::pair<const char*, const char*>, 8> kOptions{{
    {"outgoing-range:", "512"},
    {"outgoing-num-tcp:", "32"},
    {"msg-cache-size:", "4m"},
    {"rrset-cache-size:", "8m"},
    {"infra-host-ttl:", "5"},
    {"outbound-msg-retry:", "3"},
    {"infra-keep-probing:", "yes"},
    {"cache-max-negative-ttl:", "900"},
}};

void expect_ok(int error, const std::string& key) {
  if (error != UB_NOERROR) throw std::runtime_error("dns." + key + ": " + ub_strerror(error));
}

void set(ub_ctx* context, const char* option, const std::string& value) {
  if (ub_ctx_set_option(context, option, value.c_str()) != UB_NOERROR) {
    throw std::runtime_error(fmt::format("libunbound refuses {} {}", option, value));
  }
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& what) {
  throw conf::ValueError(file.string(), what);
}

void check_readable(const std::filesystem::path& file, std::string_view expected) {
  const std::ifstream stream(file);
  const bool folder = std::filesystem::is_directory(file);
  if (stream && !folder) return;
  refuse(file, fmt::format("{} can't be read ({}), expected {}", file.string(),
                           folder ? "it is a folder" : std::strerror(errno), expected));
}

/// "192.0.2.1@53"
std::string to_unbound(const conf::Endpoint& server) {
  return fmt::format("{}@{}", server.host, server.port);
}

bool is_loopback(const conf::Endpoint& server) {
  return server.host.starts_with("127.") || server.host == "::1";
}

bool any_loopback(const conf::DnsSettings& settings) {
  return std::any_of(settings.stubs.begin(), settings.stubs.end(), [](const conf::DnsStub& stub) {
    return std::any_of(stub.servers.begin(), stub.servers.end(), is_loopback);
  });
}

// An address of this machine in a stranger's delegation leads to no server of his.
void guard_loopback(ub_ctx* context, const conf::DnsSettings& settings) {
  const bool guarded =
      settings.mode == "iterative" && settings.root_hints.empty() && !any_loopback(settings);
  set(context, "do-not-query-localhost:", guarded ? "yes" : "no");
}

/// What libunbound can't answer for names in this zone from what it was given, it asks for.
void ask_for(ub_ctx* context, const std::string& zone) {
  set(context, "local-zone:", zone + " typetransparent");
}

void add_servers(ub_ctx* context, const conf::DnsSettings& settings) {
  if (settings.mode == "forward") {
    for (const conf::Endpoint& server : settings.servers) {
      expect_ok(ub_ctx_set_fwd(context, to_unbound(server).c_str()), "servers");
    }
  }
  if (settings.mode == "system") {
    // As resolv.conf(5) has it: without the file, the server is this machine.
    if (ub_ctx_resolvconf(context, nullptr) != UB_NOERROR) ub_ctx_set_fwd(context, "127.0.0.1");
    // A name in that file may have an MX record in DNS.
    ask_for(context, ".");
    ub_ctx_hosts(context, nullptr);
  }
  if (settings.mode == "iterative" && !settings.root_hints.empty()) {
    check_readable(settings.root_hints, "a zone file with the root's servers");
    set(context, "root-hints:", settings.root_hints.string());
  }
}

void add_keys(ub_ctx* context, const std::filesystem::path& file, std::string_view expected) {
  check_readable(file, expected);
  expect_ok(ub_ctx_add_ta_file(context, file.c_str()), "trust_anchor");
}

void add_root_keys(ub_ctx* context, const conf::DnsSettings& settings) {
  const std::filesystem::path keys = trust_anchor_of(settings);
  if (!keys.empty()) add_keys(context, keys, settings.trust_anchor ? kKeys : kDefaultKeys);
}

// Whoever names a zone's servers knows them: without keys of its own the zone isn't checked, for
// the world's root knows nothing of a zone that only we can see.
void add_stub(ub_ctx* context, const conf::DnsStub& stub) {
  for (const conf::Endpoint& server : stub.servers) {
    expect_ok(ub_ctx_set_stub(context, stub.zone.c_str(), to_unbound(server).c_str(), 0),
              "stub.servers");
  }
  ask_for(context, stub.zone);
  if (!stub.trust_anchor.empty()) {
    add_keys(context, stub.trust_anchor, kKeys);
  } else {
    set(context, "domain-insecure:", stub.zone);
  }
}

/// What libunbound logs while it lives, instead of writing to our stderr.
class CapturedLog {
 public:
  explicit CapturedLog(ub_ctx* context)
      : context_(context), stream_(::open_memstream(&text_, &size_)) {
    ub_ctx_debugout(context_, stream_);
  }
  ~CapturedLog() {
    ub_ctx_debugout(context_, nullptr);
    std::fclose(stream_);
    std::free(text_);
  }
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;

  /// "[1700000000] libunbound[812:0] error: read /x: syntax error\n..." → "read /x: syntax error"
  std::string first_error() const {
    std::fflush(stream_);
    std::string text(text_ ? text_ : "", size_);
    const auto at = text.find("error: ");
    if (at == std::string::npos) return "libunbound can't use it";
    return text.substr(at + 7, text.find('\n', at) - at - 7);
  }

 private:
  ub_ctx* context_;
  char* text_ = nullptr;
  std::size_t size_ = 0;
  std::FILE* stream_;
};

/// Everything is read now, on the caller's thread, and not with the first question: libunbound
/// answers this one by itself (RFC 6761 §6.3).
void complete(ub_ctx* context, const conf::DnsSettings& settings) {
  const CapturedLog log(context);
  ub_result* result = nullptr;
  const int error = ub_resolve(context, "localhost", 1, 1, &result);
  ub_resolve_free(result);
  if (error == UB_NOERROR) return;
  const std::string reason = log.first_error();
  for (const std::filesystem::path& file : files_of(settings)) {
    if (reason.find(file.string()) != reason.npos) refuse(file, reason);
  }
  throw std::runtime_error("dns: " + reason);
}

}  // namespace

void UnboundFreer::operator()(ub_ctx* context) const { ub_ctx_delete(context); }

std::filesystem::path trust_anchor_of(const conf::DnsSettings& settings) {
  return settings.trust_anchor.value_or(settings.mode == "iterative" ? kRootKeys : "");
}

std::vector<std::filesystem::path> files_of(const conf::DnsSettings& settings) {
  std::vector<std::filesystem::path> files{settings.root_hints, trust_anchor_of(settings)};
  for (const conf::DnsStub& stub : settings.stubs) files.push_back(stub.trust_anchor);
  std::erase(files, "");
  return files;
}

UnboundHandle open_unbound(const conf::DnsSettings& settings) {
  UnboundHandle context(ub_ctx_create());
  if (!context) throw std::runtime_error("dns: libunbound can't start");
  ub_ctx_debugout(context.get(), nullptr);
  ub_ctx_async(context.get(), 1);  // a thread, not a process
  for (const auto& [option, value] : kOptions) set(context.get(), option, value);
  // Answered by libunbound itself otherwise (RFC 6761, RFC 8375); those we ask know better.
  for (const char* zone : {"test.", "home.arpa."}) ask_for(context.get(), zone);
  guard_loopback(context.get(), settings);
  add_servers(context.get(), settings);
  add_root_keys(context.get(), settings);
  for (const conf::DnsStub& stub : settings.stubs) add_stub(context.get(), stub);
  complete(context.get(), settings);
  return context;
}

}  // namespace smtpd

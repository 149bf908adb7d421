#include "conf/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "conf/table_reader.hpp"

namespace conf {
namespace {

constexpr std::uint64_t kDay = 24 * 3600;
constexpr std::uint64_t kKiB = 1u << 10, kMiB = 1u << 20;

toml::table parse(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream || std::filesystem::is_directory(file))
    throw SettingsError(
        fmt::format("{}: cannot be read ({}); name a settings file with --config, or make one with "
                    "`mailctl init`",
                    file.string(), stream ? "it is a folder" : std::strerror(errno)));
  return parse_file(file);
}

void read(TableReader section, LogSettings& log) {
  section.choice("level", log.level, {"debug", "info", "warning", "error"});
  section.choice("format", log.format, {"human", "json"});
  section.finish();
}

/// A path that can't be left empty.
void read_path(TableReader& section, std::string_view key, std::filesystem::path& value) {
  section.path(key, value);
  if (value.empty()) section.fail(key, "\"\"", "a path");
}

void read(TableReader section, TlsSettings& tls) {
  read_path(section, "certificate", tls.certificate);
  read_path(section, "key", tls.key);
  section.path("ca", tls.ca);
  section.finish();
}

void read(TableReader section, SmtpSettings& smtp) {
  section.listeners("listen", smtp.listen);
  section.listeners("submission", smtp.submission);
  section.listeners("submissions", smtp.submissions);
  section.text("local", smtp.local);
  section.size("max_message_size", smtp.max_message_size, {kKiB, 2048 * kMiB});
  section.number("max_recipients", smtp.max_recipients, {1, 100'000});
  section.number("max_connections", smtp.max_connections, {1, 1'000'000});
  section.number("max_connections_per_address", smtp.max_connections_per_address, {1, 1'000'000});
  smtp.limit_loopback = section.has("max_connections_per_address");
  section.duration("command_timeout", smtp.command_timeout, {1, kDay});
  section.duration("data_timeout", smtp.data_timeout, {1, kDay});
  section.finish();
}

void read(TableReader section, LmtpSettings& lmtp) {
  section.listeners("listen", lmtp.listen, lmtp.sockets);
  section.mode("socket_mode", lmtp.socket_mode);
  section.group("socket_group", lmtp.socket_group);
  section.finish();
}

void read(TableReader section, ImapSettings& imap) {
  section.listeners("listen", imap.listen);
  section.listeners("imaps", imap.imaps);
  section.choice("plaintext_login", imap.plaintext_login, {"loopback", "never", "always"});
  section.size("max_append_size", imap.max_append_size, {kKiB, 2048 * kMiB});
  section.number("message_limit", imap.message_limit, {1, 4'000'000'000});
  section.number("max_connections", imap.max_connections, {1, 1'000'000});
  section.number("max_connections_per_address", imap.max_connections_per_address, {1, 1'000'000});
  imap.limit_loopback = section.has("max_connections_per_address");
  section.duration("login_timeout", imap.login_timeout, {1, kDay});
  section.duration("idle_timeout", imap.idle_timeout, {1, kDay});
  section.duration("progress_interval", imap.progress_interval, {1, kDay});
  section.finish();
}

void read_login(TableReader& section, const std::string& prefix, std::string& user,
                std::filesystem::path& password_file) {
  section.text(prefix + "user", user);
  section.path(prefix + "password_file", password_file);
  if (!user.empty() && password_file.empty())
    section.fail(prefix + "user", "without " + prefix + "password_file",
                 "a file with the password beside it");
}

RelayPolicy read_policy(TableReader section) {
  RelayPolicy policy;
  section.domain_pattern("domain", policy.domain);
  section.choice("tls", policy.tls, {"none", "may", "encrypt", "verify"});
  section.texts("names", policy.names);
  section.number("port", policy.port, {1, 65535});
  section.choice("transport", policy.transport, {"smtp", "lmtp"});
  section.server_or_socket("host", policy.host, policy.socket);
  read_login(section, "", policy.user, policy.password_file);
  if (policy.transport == "lmtp" && !section.has("host"))
    section.fail("transport", "\"lmtp\" without a host", "\"smtp\", for MX hosts speak no LMTP");
  if (section.has("user") && !section.has("host"))
    section.fail("user", "set without a host", "a host to log in at");
  section.finish();
  return policy;
}

void read_policies(TableReader& relay, std::vector<RelayPolicy>& policies) {
  for (TableReader& section : relay.sections("policy")) {
    policies.push_back(read_policy(section));
    const auto same = [&](const RelayPolicy& other) {
      return other.domain == policies.back().domain;
    };
    if (std::count_if(policies.begin(), policies.end(), same) > 1)
      section.fail("domain", fmt::format("\"{}\" a second time", policies.back().domain),
                   "one policy for each domain");
  }
}

void read(TableReader section, RelaySettings& relay) {
  section.server("smarthost", relay.smarthost);
  section.choice("smarthost_tls", relay.smarthost_tls, {"none", "may", "encrypt", "verify"});
  section.texts("smarthost_names", relay.smarthost_names);
  read_login(section, "smarthost_", relay.smarthost_user, relay.smarthost_password_file);
  section.path("ca", relay.ca);
  read_policies(section, relay.policies);
  section.duration("retry_first", relay.retry_first, {1, kDay});
  section.duration("retry_longest", relay.retry_longest, {1, 7 * kDay});
  section.number("retry_jitter", relay.retry_jitter, {0, 50});
  section.duration("give_up_after", relay.give_up_after, {1, 60 * kDay});
  section.duration("delay_notice", relay.delay_notice, {0, 60 * kDay});
  section.duration("connect_timeout", relay.connect_timeout, {1, 600});
  section.number("max_connections", relay.max_connections, {1, 100'000});
  section.number("max_connections_per_destination", relay.max_connections_per_destination,
                 {1, 1000});
  if (section.has("retry_longest") && relay.retry_longest < relay.retry_first)
    section.fail("retry_longest", "shorter than relay.retry_first", "at least as long");
  section.finish();
}

DnsStub read_stub(TableReader section) {
  DnsStub stub;
  section.require("zone");
  section.require("servers");
  section.domain("zone", stub.zone);
  section.servers("servers", stub.servers);
  if (stub.servers.empty()) section.fail("servers", "empty", "at least one \"ADDRESS:PORT\"");
  section.path("trust_anchor", stub.trust_anchor);
  section.finish();
  return stub;
}

void read(TableReader section, DnsSettings& dns) {
  section.choice("mode", dns.mode, {"system", "forward", "iterative"});
  section.servers("servers", dns.servers);
  if (dns.mode == "forward" && dns.servers.empty())
    section.fail("mode", "\"forward\" without servers", "dns.servers to forward to");
  section.path("root_hints", dns.root_hints);
  std::filesystem::path keys;
  section.path("trust_anchor", keys);
  if (section.has("trust_anchor")) dns.trust_anchor = keys;
  section.duration("timeout", dns.timeout, {1, 600});
  for (TableReader& stub : section.sections("stub")) dns.stubs.push_back(read_stub(stub));
  section.finish();
}

void read(TableReader section, StoreSettings& store) {
  section.size("inline_limit", store.inline_limit, {0, 16 * kMiB});
  section.number("open_accounts", store.open_accounts, {1, 100'000});
  section.finish();
}

void read(TableReader section, HistorySettings& history) {
  section.duration("keep", history.keep, {60, 3650 * kDay});
  section.finish();
}

void read(TableReader section, QuotaSettings& quota) {
  constexpr auto kMost = std::uint64_t{1} << 62;
  section.size("storage", quota.storage, {0, kMost});
  section.number("messages", quota.messages, {0, kMost});
  section.number("mailboxes", quota.mailboxes, {0, kMost});
  section.choice("full", quota.full, {"defer", "refuse"});
  section.finish();
}

}  // namespace

Settings load_settings(const std::filesystem::path& file) {
  Settings settings;
  settings.file = std::filesystem::absolute(file).lexically_normal();
  const auto table = parse(settings.file);
  Source source{settings.file};
  TableReader top(&table, "", source);
  top.domain("hostname", settings.hostname);
  top.domain("domain", settings.domain);
  read_path(top, "data", settings.data);
  top.number("threads", settings.threads, {0, 256});
  read(top.section("log"), settings.log);
  read(top.section("tls"), settings.tls);
  read(top.section("smtp"), settings.smtp);
  read(top.section("lmtp"), settings.lmtp);
  read(top.section("imap"), settings.imap);
  read(top.section("relay"), settings.relay);
  read(top.section("dns"), settings.dns);
  read(top.section("store"), settings.store);
  read(top.section("history"), settings.history);
  read(top.section("quota"), settings.quota);
  top.finish();
  top.require("hostname");
  top.require("domain");
  settings.places = std::move(source.places);
  return settings;
}

std::filesystem::path local_socket(const Settings& settings) {
  if (settings.smtp.local.empty()) return {};
  return settings.data / settings.smtp.local;
}

std::filesystem::path find_settings(const std::string& option) {
  if (!option.empty()) return option;
  if (const char* named = std::getenv("PABAL_CONFIG"); named != nullptr && *named != '\0')
    return named;
  for (const auto* place : {"./var/pabal.toml", "/etc/pabal/pabal.toml"})
    if (std::filesystem::exists(place)) return place;
  throw SettingsError(
      "no settings file: neither --config nor $PABAL_CONFIG is given, and there is no "
      "./var/pabal.toml and no /etc/pabal/pabal.toml; `mailctl init` makes one");
}

}  // namespace conf

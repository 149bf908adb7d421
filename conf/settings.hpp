// The settings of a Pabal installation: one TOML file that all four programs read. conf/pabal.toml
// is the commented sample; every key stands there with its default and unit. Unknown keys and wrong
// values are errors with a place.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace conf {

using std::chrono::seconds;

/// What is wrong in the file, where, and what was expected: "pabal.toml:12:9: ...".
class SettingsError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// "127.0.0.1:25", "[::1]:25", "*:25" (every address, IPv4 and IPv6).
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  bool operator==(const Endpoint&) const = default;
};

struct LogSettings {
  std::string level = "info";    ///< debug, info, warning, error
  std::string format = "human";  ///< human, json
  bool operator==(const LogSettings&) const = default;
};

struct TlsSettings {
  std::filesystem::path certificate = "cert.pem";  ///< PEM chain, leaf first
  std::filesystem::path key = "key.pem";           ///< PEM
  std::filesystem::path ca;  ///< PEM of the local CA that signed it; "" if a public one did
};

struct SmtpSettings {
  std::vector<Endpoint> listen;         ///< mail in for local domains (25)
  std::vector<Endpoint> submission;     ///< STARTTLS submission (587)
  std::vector<Endpoint> submissions;    ///< TLS submission (465)
  std::string local = "run/smtp.sock";  ///< Unix socket of sendmail, below `data`; "": none
  std::uint64_t max_message_size = 50u << 20;
  std::uint32_t max_recipients = 1000;
  std::uint32_t max_connections = 1000;
  std::uint32_t max_connections_per_address = 50;  ///< loopback is exempt unless set in the file
  bool limit_loopback = false;                     ///< true when the file set the line above
  seconds command_timeout{300};
  seconds data_timeout{180};
  bool operator==(const SmtpSettings&) const = default;
};

/// Mail in from another mail server of this machine or network (RFC 2033).
struct LmtpSettings {
  std::vector<Endpoint> listen;
  std::vector<std::filesystem::path> sockets;  ///< Unix sockets: "unix:PATH" in `listen`
  unsigned socket_mode = 0660;
  std::string socket_group;  ///< "": the process's
  bool operator==(const LmtpSettings&) const = default;
};

struct ImapSettings {
  std::vector<Endpoint> listen;              ///< STARTTLS (143)
  std::vector<Endpoint> imaps;               ///< TLS (993)
  std::string plaintext_login = "loopback";  ///< loopback, never, always
  std::uint64_t max_append_size = 50u << 20;
  std::uint32_t message_limit = 1'000'000;  ///< messages one command may process (RFC 9738)
  std::uint32_t max_connections = 10000;
  std::uint32_t max_connections_per_address = 100;
  bool limit_loopback = false;
  seconds login_timeout{60};
  seconds idle_timeout{1800};
  seconds progress_interval{10};  ///< after which a long command says where it is (RFC 9585)
  bool operator==(const ImapSettings&) const = default;
};

/// How mail for some domains goes out; the policy with the most specific `domain` counts.
struct RelayPolicy {
  std::string domain = "*";        ///< "b.test", ".b.test" (all below it) or "*"
  std::string tls = "may";         ///< none, may, encrypt, verify
  std::vector<std::string> names;  ///< one of them in the certificate; none: the host's own name
  std::uint16_t port = 25;         ///< of the hosts that MX names
  std::string transport = "smtp";  ///< smtp, lmtp
  std::optional<Endpoint> host;    ///< goes there instead of to the MX
  std::filesystem::path socket;    ///< or to this Unix socket, "" if it does not
  std::string user;                ///< logs in at `host` so, "" if it does not
  std::filesystem::path password_file;
  bool operator==(const RelayPolicy&) const = default;
};

struct RelaySettings {
  std::optional<Endpoint> smarthost;  ///< none: directly by MX
  std::string smarthost_tls = "may";  ///< none, may, encrypt, verify
  std::vector<std::string> smarthost_names;
  std::string smarthost_user;  ///< "": without a login
  std::filesystem::path smarthost_password_file;
  std::filesystem::path ca;           ///< PEM of the CAs to trust; "": the system's
  std::vector<RelayPolicy> policies;  ///< each for another domain
  seconds retry_first{300};
  seconds retry_longest{4 * 3600};
  std::uint32_t retry_jitter = 20;  ///< per cent that a wait is longer or shorter by
  seconds give_up_after{5 * 24 * 3600};
  seconds delay_notice{4 * 3600};  ///< 0: a delay is told only to those who asked (RFC 3461)
  seconds connect_timeout{30};
  std::uint32_t max_connections = 500;
  std::uint32_t max_connections_per_destination = 20;
  bool operator==(const RelaySettings&) const = default;
};

/// Servers of our own choice for a zone.
struct DnsStub {
  std::string zone;                    ///< "example.test"
  std::vector<Endpoint> servers;       ///< authoritative; addresses, no names
  std::filesystem::path trust_anchor;  ///< its keys, DS or DNSKEY; "": answers aren't checked
  bool operator==(const DnsStub&) const = default;
};

struct DnsSettings {
  std::string mode = "system";       ///< system, forward, iterative
  std::vector<Endpoint> servers;     ///< asked in mode forward; addresses, no names
  std::filesystem::path root_hints;  ///< zone file; "": those libunbound knows
  /// The root's keys, DS or DNSKEY, in a file; "": no DNSSEC. nullopt: as the mode wants it.
  std::optional<std::filesystem::path> trust_anchor;
  seconds timeout{30};  ///< for an answer
  std::vector<DnsStub> stubs;
  bool operator==(const DnsSettings&) const = default;
};

struct StoreSettings {
  std::uint64_t inline_limit =
      64u << 10;  ///< larger messages live in a file beside the database, octets
  std::uint32_t open_accounts = 128;  ///< databases kept open by a process
  bool operator==(const StoreSettings&) const = default;
};

struct HistorySettings {
  seconds keep{7 * 24 * 3600};  ///< how long `mailctl trace` knows a message's steps
  bool operator==(const HistorySettings&) const = default;
};

/// What each account may hold, where `mailctl user quota` says nothing else; 0: no limit.
struct QuotaSettings {
  std::uint64_t storage = 0;  ///< octets
  std::uint64_t messages = 0;
  std::uint64_t mailboxes = 0;
  std::string full = "defer";  ///< mail to a full account: defer (452), refuse (552)
  bool operator==(const QuotaSettings&) const = default;
};

/// Where a value stands that only its use can show to be wrong (conf/value_error.hpp).
struct Place {
  std::string value;
  std::string where;  ///< "/etc/pabal/pabal.toml:31:15: tls.certificate"
};

struct Settings {
  std::filesystem::path file;        ///< absolute path it was read from
  std::vector<Place> places;         ///< of paths, listeners, groups
  std::filesystem::path data = ".";  ///< databases, message files and run/ live here
  std::string hostname;              ///< EHLO, Received, greeting
  std::string domain;                ///< where a bare login name belongs
  unsigned threads = 0;              ///< I/O threads; 0: one a core
  LogSettings log;
  TlsSettings tls;
  SmtpSettings smtp;
  LmtpSettings lmtp;
  ImapSettings imap;
  RelaySettings relay;
  DnsSettings dns;
  StoreSettings store;
  HistorySettings history;
  QuotaSettings quota;
};

/// Where sendmail hands mail in; "" when nowhere.
std::filesystem::path local_socket(const Settings& settings);

/// Reads and checks the file; relative paths in it are relative to its folder. Throws
/// SettingsError.
Settings load_settings(const std::filesystem::path& file);

/// The file to use: `option` if not empty, else $PABAL_CONFIG, else ./var/pabal.toml, else
/// /etc/pabal/pabal.toml. Throws SettingsError that names what was looked for when none is there.
std::filesystem::path find_settings(const std::string& option);

}  // namespace conf

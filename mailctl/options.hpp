// The command line of mailctl: which command, and what it was told.
//
//   mailctl [--config FILE] [--json] GROUP VERB [ARGUMENTS]
//   mailctl --config var/pabal.toml user add carol@example.test --password-stdin < password
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mailstore/queue_filter.hpp"

namespace mailctl {

enum class Format { kText, kJson };
enum class PasswordFrom { kPrompt, kStdin };
enum class Folder { kKeep, kPurge };

struct InitOptions {
  std::filesystem::path data = "var";
  std::string domain = "example.test";
  std::string hostname;                 ///< "" for localhost
  std::vector<std::string> users;       ///< local parts
  std::string listen = "loopback";      ///< or an address, "*" for all
  std::optional<unsigned> port_offset;  ///< none: 0 when the ports can be bound, else 10000
};

struct ForwardOptions {
  enum class Copy { kAsBefore, kKept, kNone };
  std::vector<std::string> to;
  Copy copy = Copy::kAsBefore;
  bool clear = false;
};

/// Each a number, "none" or "default"; "" leaves it.
struct QuotaOptions {
  std::string storage, messages, mailboxes;
};

/// Whose rights to what, with the account's owner in Options::name.
struct AclOptions {
  std::string mailbox;  ///< "" for all, when they are listed
  std::string who;      ///< an address, "anyone", either with a "-" in front
  std::string rights;   ///< as SETACL has them
};

struct StatusOptions {
  bool probe = false;         ///< ask each server
  std::string login;          ///< with this account's password, from stdin
  unsigned wait_seconds = 0;  ///< how long servers may take to answer
};

/// What `queue` and `trace` are about.
struct QueueOptions {
  std::vector<std::string> names;  ///< messages, as written
  mailstore::QueueFilter filter;   ///< but for those names
  std::size_t limit = 0;           ///< most messages to show; 0: the command's default
  bool all = false;                ///< everything, and nothing less, is meant
  bool report = false;             ///< tell the senders
};

struct Options {
  std::string config;
  Format format = Format::kText;
  std::string name;  ///< address or domain, what the command is about
  std::vector<std::string> targets;
  PasswordFrom password = PasswordFrom::kPrompt;
  Folder folder = Folder::kKeep;
  InitOptions init;
  ForwardOptions forward;
  QuotaOptions quota;
  AclOptions acl;
  StatusOptions status;
  QueueOptions queue;
};

using Command = void (*)(const Options&);

struct Invocation {
  Command command;
  Options options;
};

/// The invocation, or the exit status when nothing is left to do (help, version, wrong usage); the
/// text is printed.
std::variant<Invocation, int> parse_command_line(int argc, const char* const* argv);

}  // namespace mailctl

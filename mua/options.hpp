// The command line of mua.
//
// Where an account's settings come from: the file of `--settings`, else
// $XDG_CONFIG_HOME/pabal/mua.toml (~/.config/pabal/mua.toml), else `mua.toml` beside the settings
// of a Pabal installation as `--config`, $PABAL_CONFIG, ./var/pabal.toml and /etc/pabal/pabal.toml
// find it. The first of these files that has the account is used. So from a clone whose ./var was
// set up by quickstart no further option is needed:
//
//   build/bin/mua setup --config var/pabal.toml --settings var/mua.toml
//     --account alice@example.test --name Alice --password-stdin < password   (one line,
//     quickstart)
//   build/bin/mua --account alice@example.test send --to bob@example.test --subject Hello --body -
//   build/bin/mua --account bob@example.test ls
//
// `setup` takes ports and CA from the installation when it isn't told `--imap`, `--smtp`, `--ca`.
// It keeps the password in mua-passwords/ADDRESS beside the settings file, readable by the owner
// alone. Options common to all commands are taken before and after the command's name.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mail/result.hpp"
#include "mua/exit_code.hpp"

namespace mua {

enum class Format { kText, kJson };

struct CommonOptions {
  std::string config;    ///< --config, "" for the usual places
  std::string settings;  ///< --settings, "" for the usual places
  std::string account;   ///< --account, "" when there is only one
  Format format = Format::kText;
};

struct SetupOptions {
  std::string imap, smtp;        ///< HOST:PORT, "" from the installation
  std::string security;          ///< tls, starttls, none; "" to follow the ports
  std::string ca;                ///< PEM file, "" for the installation's or the system's
  std::string user;              ///< login name, "" for the address
  std::string name;              ///< display name
  std::string password_command;  ///< prints the password
  bool password_stdin = false;
};

struct SendOptions {
  std::vector<std::string> to, cc, bcc;
  std::string subject;
  std::string body;  ///< a file, "-" for stdin, "" for stdin or $EDITOR
  std::vector<std::string> attachments;
  std::string reply_to_message;  ///< an id
  bool reply_all = false;
};

struct ListOptions {
  std::string mailbox = "INBOX";
  std::uint32_t limit = 50;
};

struct ReadOptions {
  std::string id;
  bool peek = false;
  bool raw = false;
};

struct SearchOptions {
  std::string mailbox = "INBOX";
  std::vector<std::string> query;
  std::uint32_t limit = 50;
};

struct SaveOptions {
  std::string id;
  std::vector<unsigned> numbers;  ///< of the attachments, none: all
  std::string folder = ".";
};

struct MoveOptions {
  std::vector<std::string> ids;
  std::string mailbox;
};

struct FlagOptions {
  std::vector<std::string> ids;
  std::vector<std::string> changes;  ///< "+seen", "-flagged"
};

struct DeleteOptions {
  std::vector<std::string> ids;
  bool expunge = false;
};

struct MailboxesOptions {};

struct WaitOptions {
  std::string mailbox = "INBOX";
  std::uint32_t timeout = 0;  ///< seconds, 0: for ever
};

struct DoctorOptions {};

/// Without a command: the full screen.
struct ScreenOptions {
  std::string keys = "mutt";  ///< mutt, aerc, alpine
  std::string address;        ///< whom to write to at once: an address or a mailto link, "" nobody
};

using CommandOptions =
    std::variant<ScreenOptions, SetupOptions, SendOptions, ListOptions, ReadOptions, SearchOptions,
                 SaveOptions, MoveOptions, FlagOptions, DeleteOptions, MailboxesOptions,
                 WaitOptions, DoctorOptions>;

struct Invocation {
  CommonOptions common;
  CommandOptions command;
};

/// Nothing is left to do but to print: --help, --version, wrong usage.
struct Stop {
  ExitCode code = ExitCode::kOk;
  std::string text;
};

mail::Result<Invocation, Stop> parse_command_line(std::vector<std::string> arguments);

}  // namespace mua

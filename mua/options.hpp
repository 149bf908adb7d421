// The command line of mua.
//
// Where an account's settings come from: the file of `--settings`, else
// $XDG_CONFIG_HOME/pabal/mua.toml (~/.config/pabal/mua.toml), else `mua.toml` beside the settings
// of a Pabal installation as `--config`, $PABAL_CONFIG, ./var/pabal.toml and /etc/pabal/pabal.toml
// find it. The first of these files that has the account is used. So from a clone whose ./var was
// set up by quickstart no further option is needed:
//
//   build/bin/mua setup --config var/pabal.toml --settings var/mua.toml
//     --account alice@example.test --name Alice --password-stdin < password
//     (one line, quickstart)
//   build/bin/mua --account alice@example.test send --to bob@example.test
//   --subject Hello --body - build/bin/mua --account bob@example.test ls
//
// `setup` takes ports and CA from the installation when it isn't told `--imap`, `--smtp`, `--ca`.
// It keeps the password in mua-passwords/ADDRESS beside the settings file, readable by the owner
// alone. Options common to all commands are taken before and after the command's name.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "mail/result.hpp"
#include "mua/common_options.hpp"
#include "mua/exit_code.hpp"

namespace mua {

struct SetupOptions {
  std::string imap, smtp;        ///< HOST:PORT, "" from the installation
  std::string security;          ///< tls, starttls, none; "" to follow the ports
  std::string ca;                ///< PEM file, "" for the installation's or the system's
  std::string user;              ///< login name, "" for the address
  std::string name;              ///< display name
  std::string password_command;  ///< prints the password
  bool password_stdin = false;
};

/// Also of `reply` and `forward`, which name a message.
struct SendOptions {
  std::string from;  ///< one of her addresses, "" for the account's
  std::vector<std::string> to, cc, bcc;
  std::string subject;
  std::string body;  ///< a file, "-" for stdin, "" for stdin or $EDITOR
  std::vector<std::string> attachments;
  std::string reply_to_message;  ///< an id
  bool reply_all = false;
  bool unquoted = false;               ///< without the text of the message it answers
  std::string forward_message;         ///< an id
  bool whole = false;                  ///< forward it as an attachment, octet for octet
  bool to_drafts = false;              ///< put it into Drafts instead of sending it
  bool to_outbox = false;              ///< put it into the outbox, for `sync`
  bool sign = false, encrypt = false;  ///< with OpenPGP
  bool signature = false;              ///< the signature of who sends it below the text
};

struct BounceOptions {
  std::string id;
  std::vector<std::string> to;
  bool to_outbox = false;
};

/// Of an invitation.
struct AnswerOptions {
  std::string id;
  std::string answer;  ///< accept, tentative, decline
  bool to_outbox = false;
};

struct ListOptions {
  std::string mailbox = "INBOX";
  std::uint32_t limit = 50;
};

struct ReadOptions {
  std::string id;
  bool peek = false;
  bool raw = false;
  bool headers = false;  ///< all header fields, and no text
  bool links = false;    ///< the addresses in its text, and nothing else
  bool decrypt = false;  ///< what is encrypted opened, and signatures checked
};

struct VerifyOptions {
  std::string id;
};

struct PipeOptions {
  std::string id;
  std::string command;  ///< of the shell
  bool raw = false;     ///< its octets instead of its text
  bool decrypt = false;
};

struct SearchOptions {
  std::string mailbox = "INBOX";
  std::vector<std::string> query;
  std::uint32_t limit = 50;
  bool all = false;  ///< in every mailbox
};

struct SaveOptions {
  std::string id;
  std::vector<unsigned> numbers;  ///< of the attachments, none: all
  std::string folder = ".";       ///< "-" for stdout
  bool decrypt = false;           ///< those in what is encrypted
};

/// Also of `copy`.
struct MoveOptions {
  std::vector<std::string> ids;
  std::string mailbox;
  bool copies = false;  ///< they stay where they are, too
};

struct FlagOptions {
  std::vector<std::string> ids;
  std::vector<std::string> changes;  ///< "+seen", "-flagged"
};

struct DeleteOptions {
  std::vector<std::string> ids;
  bool expunge = false;
};

struct ArchiveOptions {
  std::vector<std::string> ids;
};

struct UndoOptions {};

struct AccountsOptions {};

struct MailboxesOptions {
  std::string action;              ///< "" lists; create, rename, delete
  std::vector<std::string> names;  ///< of rename two
};

struct ThreadsOptions {
  std::string mailbox = "INBOX";
  std::uint32_t limit = 50;
};

struct ContactsOptions {
  std::string typed;  ///< the beginning of an address, a name, or a word of it
  std::uint32_t limit = 50;
};

struct SyncOptions {
  std::uint32_t timeout = 0;  ///< seconds, 0: as long as it takes
};

struct OutboxOptions {
  std::string action;      ///< "" lists; retry, edit, discard
  std::int64_t entry = 0;  ///< as the list shows it
};

struct DraftsOptions {
  std::string action;  ///< "" lists; show, discard, send
  std::string draft;   ///< as the list shows it; of `send` also a message on the server
  bool again = false;  ///< `send`: also what may have been sent
};

struct ImportOptions {
  std::string source;           ///< a file, a folder, "-" for stdin
  std::string mailbox;          ///< where to, "" for INBOX or, of a tree, the same names
  std::string format = "auto";  ///< auto, mboxrd, mboxo, mboxcl, mboxcl2, maildir
  bool again = false;           ///< also what is there already
};

struct ExportOptions {
  std::vector<std::string> mailboxes;
  std::string target;
  std::string format;   ///< mboxrd, mboxo, mboxcl, mboxcl2, maildir; "" by the target
  bool all = false;     ///< every mailbox, as a tree
  bool append = false;  ///< to an mbox that is there, what it doesn't have
};

struct CompletionOptions {
  std::string shell;               ///< bash, zsh, fish; "words" for what these ask
  std::vector<std::string> words;  ///< of the line so far, the one to complete last
};

struct WaitOptions {
  std::string mailbox = "INBOX";
  std::uint32_t timeout = 0;  ///< seconds, 0: for ever
};

struct DoctorOptions {};

/// Without a command: the full screen.
struct ScreenOptions {
  std::string keys;     ///< mutt, aerc, alpine; "" as the settings say
  std::string theme;    ///< "" as the settings say
  bool plain = false;   ///< line by line, for screen readers
  std::string address;  ///< whom to write to at once: an address or a mailto link, "" nobody
};

using CommandOptions =
    std::variant<ScreenOptions, SetupOptions, SendOptions, BounceOptions, AnswerOptions,
                 ListOptions, ReadOptions, VerifyOptions, PipeOptions, SearchOptions,
                 ThreadsOptions, SaveOptions, MoveOptions, ArchiveOptions, FlagOptions,
                 DeleteOptions, UndoOptions, AccountsOptions, MailboxesOptions, ContactsOptions,
                 SyncOptions, OutboxOptions, DraftsOptions, ImportOptions, ExportOptions,
                 WaitOptions, DoctorOptions, CompletionOptions>;

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

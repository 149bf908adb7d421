#include "mua/options.hpp"

#include <algorithm>
#include <sstream>

#include <CLI/CLI.hpp>

namespace mua {

namespace {

constexpr const char* kAbout =
    "mua reads and writes mail: without a command on the full screen (? there shows the keys),\n"
    "with one from scripts and the command line.\n"
    "A message is named by an ID as ls and search print it: MAILBOX:UIDVALIDITY:UID in full,\n"
    "MAILBOX:UID for short, and a bare UID for INBOX.";

constexpr const char* kCommands =
    "that is no command; it is one of setup, send, ls, read, search, save, move, flag, delete, "
    "mailboxes, wait, doctor, or none for the full screen";

/// The options of every command, filled by the parser.
struct AllOptions {
  ScreenOptions screen;
  SetupOptions setup;
  SendOptions send;
  ListOptions list;
  ReadOptions read;
  SearchOptions search;
  SaveOptions save;
  MoveOptions move;
  FlagOptions flag;
  DeleteOptions erase;
  WaitOptions wait;
};

void add_common(CLI::App& app, CommonOptions& common, bool& json) {
  app.add_option("--config", common.config,
                 "settings of the Pabal installation (else $PABAL_CONFIG, ./var/pabal.toml, "
                 "/etc/pabal/pabal.toml)")
      ->type_name("FILE");
  app.add_option("--settings", common.settings,
                 "account settings (else $XDG_CONFIG_HOME/pabal/mua.toml, or mua.toml beside the "
                 "installation's)")
      ->type_name("FILE");
  app.add_option("--account", common.account, "which account, when there are several")
      ->type_name("ADDRESS");
  app.add_flag("--json", json, "print JSON");
}

void add_screen(CLI::App& app, ScreenOptions& o) {
  app.add_option("--keys", o.keys, "keys of the full screen, default mutt")
      ->check(CLI::IsMember({"mutt", "aerc", "alpine"}));
  app.add_option("address", o.address, "write to ADDRESS, or what a mailto: link says")
      ->type_name("ADDRESS");
}

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& about) {
  CLI::App* command = app.add_subcommand(name, about);
  // No "-h": `flag` takes words such as "-hidden".
  command->set_help_flag("--help", "this text");
  command->fallthrough();
  return command;
}

void add_setup(CLI::App& app, SetupOptions& o) {
  CLI::App* c = add_command(app, "setup", "try the login of an account and write its settings");
  c->add_option("--imap", o.imap, "IMAP server")->type_name("HOST:PORT");
  c->add_option("--smtp", o.smtp, "submission server")->type_name("HOST:PORT");
  c->add_option("--security", o.security, "none is allowed on loopback only")
      ->check(CLI::IsMember({"tls", "starttls", "none"}));
  c->add_option("--ca", o.ca, "PEM file of the CA, for a server of your own")->type_name("FILE");
  c->add_option("--user", o.user, "login name, if it isn't the address");
  c->add_option("--name", o.name, "your name as others see it");
  auto* from_stdin =
      c->add_flag("--password-stdin", o.password_stdin, "read the password from stdin and keep it");
  c->add_option("--password-command", o.password_command, "a command that prints the password")
      ->excludes(from_stdin);
}

void add_send(CLI::App& app, SendOptions& o) {
  CLI::App* c = add_command(app, "send", "send a message and keep a copy in Sent");
  c->add_option("--to", o.to, "recipient, repeatable; lists with commas too")->take_all();
  c->add_option("--cc", o.cc, "copies")->take_all();
  c->add_option("--bcc", o.bcc, "copies the others don't see")->take_all();
  c->add_option("--subject", o.subject, "subject");
  c->add_option("--body", o.body, "text from FILE, - for stdin; else stdin or $EDITOR")
      ->type_name("FILE");
  c->add_option("--attach", o.attachments, "attach FILE, repeatable")
      ->type_name("FILE")
      ->take_all();
  auto* reply = c->add_option("--reply-to-message", o.reply_to_message,
                              "answer this message: recipient, subject, quoted text, thread");
  c->add_flag("--all", o.reply_all, "answer to all")->needs(reply);
}

void add_reading(CLI::App& app, AllOptions& o) {
  CLI::App* ls = add_command(app, "ls", "list a mailbox, newest first; N marks unread");
  ls->add_option("mailbox", o.list.mailbox, "default INBOX");
  ls->add_option("--limit", o.list.limit, "how many, default 50")->check(CLI::PositiveNumber);

  CLI::App* read = add_command(app, "read", "show a message and mark it as seen");
  read->add_option("id", o.read.id)->required();
  read->add_flag("--peek", o.read.peek, "don't mark it as seen");
  read->add_flag("--raw", o.read.raw, "its octets as they are; marks nothing");

  CLI::App* search = add_command(
      app, "search",
      "find messages: words are looked for in all of the text; from:ann to:bob subject:\"a b\"\n"
      "body:x after:2026-01-01 before:2026-02-01 is:unread is:flagged;\n"
      "- in front of a term means not");
  search->add_option("query", o.search.query)->required();
  search->add_option("--mailbox", o.search.mailbox, "default INBOX");
  search->add_option("--limit", o.search.limit, "how many, default 50")->check(CLI::PositiveNumber);

  CLI::App* save = add_command(app, "save", "save attachments; nothing is overwritten");
  save->add_option("id", o.save.id)->required();
  save->add_option("number", o.save.numbers, "as read shows them; default all");
  save->add_option("--to", o.save.folder, "folder, default here")->type_name("DIR");
}

void add_changing(CLI::App& app, AllOptions& o, std::vector<std::string>& move_words) {
  CLI::App* move = add_command(app, "move", "move messages: ID... MAILBOX");
  move->add_option("words", move_words, "ID... MAILBOX")->required()->expected(2, -1);

  CLI::App* flag = add_command(app, "flag", "change flags: ID... +seen -flagged +keyword");
  flag->add_option("words", o.flag.ids, "ID... and changes")->required();

  CLI::App* erase = add_command(app, "delete", "move messages to Trash");
  erase->add_option("id", o.erase.ids)->required();
  erase->add_flag("--expunge", o.erase.expunge, "remove them for good");

  add_command(app, "mailboxes", "list the mailboxes with their numbers of messages");
}

void add_watching(CLI::App& app, WaitOptions& o) {
  CLI::App* wait =
      add_command(app, "wait", "wait for new mail and list it; exit status 3: none came");
  wait->add_option("mailbox", o.mailbox, "default INBOX");
  wait->add_option("--timeout", o.timeout, "at most so long, default for ever")
      ->type_name("SECONDS");
  add_command(app, "doctor", "try each step of reading and sending, and say how long it takes");
}

bool is_change(const std::string& word) {
  return word.size() > 1 && (word.front() == '+' || word.front() == '-');
}

/// "flag 1 -seen" and "search -from:ann" have words that look like options. With a blank in front
/// they don't; it is taken away again once the options are read.
void shield_words(std::vector<std::string>& arguments) {
  bool shields = false;
  for (std::string& argument : arguments) {
    const bool looks_short = argument.size() > 1 && argument[0] == '-' && argument[1] != '-';
    if (shields && looks_short) argument.insert(0, 1, ' ');
    if (argument == "flag" || argument == "search") shields = true;
  }
}

void unshield_words(std::vector<std::string>& words) {
  for (std::string& word : words) {
    if (word.starts_with(" -")) word.erase(0, 1);
  }
}

/// The words of `flag` are ids and changes in any order.
void sort_flag_words(FlagOptions& flag) {
  std::vector<std::string> words = std::move(flag.ids);
  flag.ids.clear();
  for (std::string& word : words) {
    (is_change(word) ? flag.changes : flag.ids).push_back(std::move(word));
  }
}

Stop usage(const std::string& what) {
  return {ExitCode::kUsage, "mua: " + what + "\nRun mua --help for more.\n"};
}

mail::Result<CommandOptions, Stop> screen_options(const ScreenOptions& o) {
  const bool is_address = o.address.empty() || o.address.find('@') != std::string::npos ||
                          o.address.starts_with("mailto:");
  if (!is_address) return mail::unexpected(usage(kCommands));
  return o;
}

mail::Result<CommandOptions, Stop> chosen(const CLI::App& command, AllOptions& all,
                                          std::vector<std::string>& move_words) {
  const std::string& name = command.get_name();
  // What a command has no use for is handed on to where addresses are taken.
  if (!all.screen.address.empty()) {
    return mail::unexpected(usage(name + " has no use for \"" + all.screen.address + "\""));
  }
  if (name == "setup") return all.setup;
  if (name == "send") return all.send;
  if (name == "ls") return all.list;
  if (name == "read") return all.read;
  if (name == "save") return all.save;
  if (name == "delete") return all.erase;
  if (name == "wait") return all.wait;
  if (name == "doctor") return DoctorOptions{};
  if (name == "search") {
    unshield_words(all.search.query);
    return all.search;
  }
  if (name == "move") {
    all.move.mailbox = move_words.back();
    move_words.pop_back();
    all.move.ids = std::move(move_words);
    return all.move;
  }
  if (name == "flag") {
    unshield_words(all.flag.ids);
    sort_flag_words(all.flag);
    if (all.flag.ids.empty() || all.flag.changes.empty()) {
      return mail::unexpected(usage("flag needs an ID and a change such as +seen or -flagged"));
    }
    return all.flag;
  }
  return MailboxesOptions{};
}

}  // namespace

mail::Result<Invocation, Stop> parse_command_line(std::vector<std::string> arguments) {
  CLI::App app{kAbout, "mua"};
  app.set_help_flag("--help", "this text");
  app.set_version_flag("--version", std::string("mua (Pabal) ") + PABAL_VERSION);
  app.require_subcommand(0, 1);
  app.footer(kExitCodes);
  CommonOptions common;
  bool json = false;
  AllOptions all;
  std::vector<std::string> move_words;
  add_common(app, common, json);
  add_screen(app, all.screen);
  add_setup(app, all.setup);
  add_send(app, all.send);
  add_reading(app, all);
  add_changing(app, all, move_words);
  add_watching(app, all.wait);
  shield_words(arguments);
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them last first
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    std::ostringstream out, err;
    const int status = app.exit(error, out, err);
    if (status == 0) return mail::unexpected(Stop{ExitCode::kOk, out.str()});
    if (app.get_subcommands().empty()) return mail::unexpected(usage(kCommands));
    return mail::unexpected(usage(error.what()));
  }
  common.format = json ? Format::kJson : Format::kText;
  auto command = app.get_subcommands().empty()
                     ? screen_options(all.screen)
                     : chosen(*app.get_subcommands().front(), all, move_words);
  if (!command) return mail::unexpected(command.error());
  return Invocation{common, std::move(*command)};
}

}  // namespace mua

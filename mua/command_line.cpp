#include "mua/command_line.hpp"

#include <utility>

namespace mua {

namespace {

constexpr const char* kAbout =
    "mua reads and writes mail: without a command on the full screen (? there "
    "shows the keys),\n"
    "with one from scripts and the command line.\n"
    "A message is named by an ID as ls and search print it: "
    "MAILBOX:UIDVALIDITY:UID in full,\n"
    "MAILBOX:UID for short, and a bare UID for INBOX.";

// Its own description would stand behind the name of the value.
const CLI::Validator kPositive = CLI::Validator(CLI::PositiveNumber).description("");
const CLI::Validator kFormats = CLI::IsMember({"mboxrd", "mboxo", "mboxcl", "mboxcl2", "maildir"});
const CLI::Validator kFormatsOrAuto =
    CLI::IsMember({"auto", "mboxrd", "mboxo", "mboxcl", "mboxcl2", "maildir"});

// "words" is what the shells' functions ask with, not a person.
const CLI::Validator kShells(
    [](std::string& word) {
      const bool known = word == "bash" || word == "zsh" || word == "fish" || word == "words";
      return known ? "" : "\"" + word + "\" is none of bash, zsh, fish";
    },
    "{bash,zsh,fish}");

/// Declares one command after the other. A command's options live in its parser's callback, which
/// makes them the chosen ones once the line is read.
class Declaration {
 public:
  explicit Declaration(CommandLine& line) : line_(line), app_(*line.app) {}

  void common();
  void screen();
  void setting_up();
  void writing();
  void reading();
  void changing();
  void here();
  void moving_house();
  void watching();

 private:
  template <class Options>
  struct Command {
    CLI::App* app;
    std::shared_ptr<Options> options;
    CLI::App* operator->() const { return app; }
  };

  template <class Options>
  Command<Options> add(const std::string& name, const std::string& about) {
    CLI::App* app = app_.add_subcommand(name, about);
    // No "-h": `flag` takes words such as "-hidden".
    app->set_help_flag("--help", "this text");
    app->fallthrough();
    auto options = std::make_shared<Options>();
    app->callback([&line = line_, options] { line.chosen = *options; });
    return {app, options};
  }

  void recipients(const Command<SendOptions>& c);
  void text(const Command<SendOptions>& c);

  CommandLine& line_;
  CLI::App& app_;
};

CLI::Option* limit(CLI::App* app, std::uint32_t& value) {
  return app->add_option("--limit", value, "how many, default 50")
      ->check(kPositive)
      ->type_name("NUMBER");
}

CLI::Option* ids(CLI::App* app, std::vector<std::string>& value) {
  return app->add_option("id", value, "messages")->required()->type_name("ID");
}

CLI::Option* id(CLI::App* app, std::string& value) {
  return app->add_option("id", value, "the message")->required()->type_name("ID");
}

CLI::Option* mailbox(CLI::App* app, const std::string& name, std::string& value) {
  return app->add_option(name, value, "default INBOX")->type_name("MAILBOX");
}

void Declaration::common() {
  CommonOptions& o = line_.common;
  app_.add_option("--config", o.config,
                  "settings of the Pabal installation (else $PABAL_CONFIG, "
                  "./var/pabal.toml, "
                  "/etc/pabal/pabal.toml)")
      ->type_name("FILE");
  app_.add_option("--settings", o.settings,
                  "account settings (else $XDG_CONFIG_HOME/pabal/mua.toml, or "
                  "mua.toml beside the "
                  "installation's)")
      ->type_name("FILE");
  app_.add_option("--account", o.account, "which account, when there are several")
      ->type_name("ACCOUNT");
  app_.add_flag_callback(
      "--json", [&o] { o.format = Format::kJson; }, "print JSON");
}

void Declaration::screen() {
  auto options = std::make_shared<ScreenOptions>();
  app_.add_option("--keys", options->keys, "keys of the full screen, default mutt")
      ->check(CLI::IsMember({"mutt", "aerc", "alpine"}))
      ->type_name("PROFILE");
  app_.add_option("--theme", options->theme,
                  "colours: default, dark, light, contrast or one of the settings")
      ->type_name("NAME");
  app_.add_flag("--plain", options->plain,
                "line by line instead of the full screen, for screen readers");
  app_.add_option("address", options->address,
                  "your mail at ADDRESS, set up when it is new; or the letter of a mailto: link")
      ->type_name("ADDRESS");
  app_.callback([&line = line_, options] {
    const auto commands = line.app->get_subcommands();
    if (commands.empty()) {
      line.chosen = *options;
    } else if (!options->address.empty()) {
      // What a command has no use for is handed on to where addresses are taken.
      throw CLI::ValidationError(commands.front()->get_name() + " has no use for \"" +
                                 options->address + "\"");
    }
  });
}

void Declaration::setting_up() {
  const auto c = add<SetupOptions>("setup", "try the login of an account and write its settings");
  SetupOptions& o = *c.options;
  c->add_option("--imap", o.imap, "IMAP server")->type_name("HOST:PORT");
  c->add_option("--smtp", o.smtp, "submission server")->type_name("HOST:PORT");
  c->add_option("--security", o.security, "none is allowed on loopback only")
      ->check(CLI::IsMember({"tls", "starttls", "none"}))
      ->type_name("SECURITY");
  c->add_option("--ca", o.ca, "PEM file of the CA, for a server of your own")->type_name("FILE");
  c->add_option("--user", o.user, "login name, if it isn't the address")->type_name("NAME");
  c->add_option("--name", o.name, "your name as others see it")->type_name("NAME");
  auto* from_stdin =
      c->add_flag("--password-stdin", o.password_stdin, "read the password from stdin and keep it");
  c->add_option("--password-command", o.password_command, "a command that prints the password")
      ->excludes(from_stdin)
      ->type_name("COMMAND");
}

// --- Writing ---

void Declaration::recipients(const Command<SendOptions>& c) {
  SendOptions& o = *c.options;
  c->add_option("--to", o.to, "recipient, repeatable; lists with commas too")
      ->take_all()
      ->type_name("ADDRESS");
  c->add_option("--cc", o.cc, "copies")->take_all()->type_name("ADDRESS");
  c->add_option("--bcc", o.bcc, "copies the others don't see")->take_all()->type_name("ADDRESS");
}

void Declaration::text(const Command<SendOptions>& c) {
  SendOptions& o = *c.options;
  c->add_option("--subject", o.subject, "subject")->type_name("TEXT");
  c->add_option("--body", o.body, "text from FILE, - for stdin; else stdin or $EDITOR")
      ->type_name("FILE");
  c->add_option("--attach", o.attachments, "attach FILE, repeatable")
      ->type_name("FILE")
      ->take_all();
  auto* sign = c->add_flag("--sign", o.sign, "sign it with OpenPGP");
  auto* encrypt = c->add_flag("--encrypt", o.encrypt, "encrypt it with OpenPGP to all who get it");
  c->add_flag("--draft", o.to_drafts, "put it into Drafts on the server instead of sending it")
      ->excludes(sign)
      ->excludes(encrypt);
}

void Declaration::writing() {
  const auto send = add<SendOptions>("send", "send a message and keep a copy in Sent");
  recipients(send);
  text(send);
  auto* original = send->add_option("--reply-to-message", send.options->reply_to_message,
                                    "answer this message: recipient, subject, quoted text, thread")
                       ->type_name("ID");
  send->add_flag("--all", send.options->reply_all, "answer to all")->needs(original);

  const auto reply = add<SendOptions>("reply", "answer a message: recipient, subject, quoted text");
  id(reply.app, reply.options->reply_to_message);
  reply->add_flag("--all", reply.options->reply_all, "answer to all");
  recipients(reply);
  text(reply);

  const auto forward = add<SendOptions>("forward", "send a message on, its attachments with it");
  id(forward.app, forward.options->forward_message);
  forward->add_flag("--whole", forward.options->whole,
                    "as an attachment, octet for octet, instead of its text");
  recipients(forward);
  text(forward);

  const auto bounce =
      add<BounceOptions>("bounce", "send a message on as it is, as if it had gone there");
  id(bounce.app, bounce.options->id);
  bounce->add_option("--to", bounce.options->to, "recipient, repeatable")
      ->required()
      ->take_all()
      ->type_name("ADDRESS");

  const auto answer =
      add<AnswerOptions>("answer", "answer an invitation: accept, tentative or decline");
  id(answer.app, answer.options->id);
  answer->add_option("answer", answer.options->answer, "what to say")
      ->required()
      ->check(CLI::IsMember({"accept", "tentative", "decline"}))
      ->type_name("ANSWER");
}

// --- Reading ---

void Declaration::reading() {
  const auto ls = add<ListOptions>("ls", "list a mailbox, newest first; N marks unread");
  mailbox(ls.app, "mailbox", ls.options->mailbox);
  limit(ls.app, ls.options->limit);

  const auto read = add<ReadOptions>("read", "show a message and mark it as seen");
  id(read.app, read.options->id);
  read->add_flag("--peek", read.options->peek, "don't mark it as seen");
  auto* raw = read->add_flag("--raw", read.options->raw, "its octets as they are; marks nothing");
  auto* headers =
      read->add_flag("--headers", read.options->headers, "all its header fields; marks nothing")
          ->excludes(raw);
  read->add_flag("--links", read.options->links, "the links in its text; marks nothing")
      ->excludes(raw)
      ->excludes(headers);
  read->add_flag("--decrypt", read.options->decrypt, "open what is encrypted and check signatures")
      ->excludes(raw)
      ->excludes(headers)
      ->excludes("--links");

  const auto verify =
      add<VerifyOptions>("verify",
                         "check signatures and what is encrypted; exit status 0: all of it good,\n"
                         "1: not all, 3: neither signed nor encrypted");
  id(verify.app, verify.options->id);

  const auto search =
      add<SearchOptions>("search",
                         "find messages: words are looked for in all of the text; from:ann to:bob "
                         "subject:\"a b\"\n"
                         "body:x after:2026-01-01 before:2026-02-01 is:unread is:flagged;\n"
                         "- in front of a term means not");
  search->add_option("query", search.options->query, "terms")->required()->type_name("TERM");
  auto* in = mailbox(search.app, "--mailbox", search.options->mailbox);
  search->add_flag("--all", search.options->all, "in all mailboxes, newest first")->excludes(in);
  limit(search.app, search.options->limit);

  const auto save = add<SaveOptions>("save", "save attachments; nothing is overwritten");
  id(save.app, save.options->id);
  save->add_option("number", save.options->numbers, "as read shows them; default all")
      ->type_name("NUMBER");
  save->add_option("--to", save.options->folder, "folder, default here")->type_name("DIR");

  const auto pipe = add<PipeOptions>("pipe", "give the text of a message to a command");
  id(pipe.app, pipe.options->id);
  pipe->add_option("command", pipe.options->command, "a line for the shell")
      ->required()
      ->type_name("COMMAND");
  pipe->add_flag("--raw", pipe.options->raw, "its octets as they are instead of its text");
}

// --- Changing ---

/// One that begins with "-" was given a blank (options.cpp), so that it isn't taken for an option.
bool is_change(const std::string& word) {
  return (word.size() > 1 && word.front() == '+') || word.starts_with(" -");
}

/// The words of `flag` are ids and changes in any order.
FlagOptions sort_flag_words(const std::vector<std::string>& words) {
  FlagOptions flag;
  for (const std::string& word : words) {
    (is_change(word) ? flag.changes : flag.ids).push_back(word);
  }
  if (flag.ids.empty() || flag.changes.empty()) {
    throw CLI::ValidationError("flag needs an ID and a change such as +seen or -flagged");
  }
  return flag;
}

void Declaration::changing() {
  const auto move = add<MoveOptions>("move", "move messages: ID... MAILBOX");
  auto& words = move.options->ids;
  move->add_option("words", words, "ID... MAILBOX")
      ->required()
      ->expected(2, -1)
      ->type_name("ID|MAILBOX");
  move->callback([&line = line_, options = move.options] {
    options->mailbox = options->ids.back();
    options->ids.pop_back();
    line.chosen = *options;
  });

  const auto archive = add<ArchiveOptions>("archive", "move messages to the archive");
  ids(archive.app, archive.options->ids);

  const auto flag = add<FlagOptions>("flag", "change flags: ID... +seen -flagged +keyword");
  flag->add_option("words", flag.options->ids, "ID... and changes")
      ->required()
      ->type_name("ID|CHANGE");
  flag->callback(
      [&line = line_, options = flag.options] { line.chosen = sort_flag_words(options->ids); });

  const auto erase = add<DeleteOptions>("delete", "move messages to Trash");
  ids(erase.app, erase.options->ids);
  erase->add_flag("--expunge", erase.options->expunge, "remove them for good");

  add<UndoOptions>("undo",
                   "take back what was done last: delete, move, "
                   "archive, flag; on the screen");

  const auto mailboxes =
      add<MailboxesOptions>("mailboxes",
                            "list the mailboxes with their numbers of messages, or change them:\n"
                            "create NAME, rename NAME NEW, delete NAME");
  mailboxes->add_option("action", mailboxes.options->action, "default list")
      ->check(CLI::IsMember({"create", "rename", "delete"}))
      ->type_name("ACTION");
  mailboxes->add_option("name", mailboxes.options->names, "of mailboxes")->type_name("MAILBOX");
}

// --- What is on this machine ---

void Declaration::here() {
  const auto sync = add<SyncOptions>(
      "sync", "bring the local store and the server in step, send what the outbox has");
  sync->add_option("--timeout", sync.options->timeout,
                   "at most so long, default as long as it takes")
      ->type_name("SECONDS");

  const auto threads = add<ThreadsOptions>("threads", "list the threads of the local store");
  mailbox(threads.app, "mailbox", threads.options->mailbox);
  limit(threads.app, threads.options->limit);

  const auto contacts =
      add<ContactsOptions>("contacts", "people written to and seen, of the local store");
  contacts->add_option("beginning", contacts.options->typed, "of an address or a name")
      ->type_name("TEXT");
  limit(contacts.app, contacts.options->limit);

  const auto outbox = add<OutboxOptions>("outbox",
                                         "what the full screen still has to send: "
                                         "list, retry N, edit N, discard N");
  outbox->add_option("action", outbox.options->action, "default list")
      ->check(CLI::IsMember({"retry", "edit", "discard"}))
      ->type_name("ACTION");
  outbox->add_option("entry", outbox.options->entry, "as the list shows it")->type_name("NUMBER");

  const auto drafts =
      add<DraftsOptions>("drafts", "letters begun on the full screen: list, show N, discard N");
  drafts->add_option("action", drafts.options->action, "default list")
      ->check(CLI::IsMember({"show", "discard"}))
      ->type_name("ACTION");
  drafts->add_option("draft", drafts.options->draft, "as the list shows it")->type_name("NUMBER");
}

// --- From and to files ---

void Declaration::moving_house() {
  const auto take =
      add<ImportOptions>("import", "put the messages of an mbox or Maildir into mailboxes");
  take->add_option("source", take.options->source, "an mbox, a Maildir or a tree of them; - stdin")
      ->required()
      ->type_name("PATH");
  take->add_option("mailbox", take.options->mailbox, "default INBOX; of a tree, the one above it")
      ->type_name("MAILBOX");
  take->add_option("--format", take.options->format, "of the source, default auto")
      ->check(kFormatsOrAuto)
      ->type_name("FORMAT");
  take->add_flag("--again", take.options->again, "also messages that are there already");

  const auto give =
      add<ExportOptions>("export", "write mailboxes to an mbox or a Maildir: MAILBOX... PATH");
  give->add_option("words", give.options->mailboxes, "MAILBOX... PATH; - for stdout")
      ->required()
      ->type_name("MAILBOX|PATH");
  give->add_option("--format", give.options->format,
                   "default mboxrd, maildir where the path is one or --all is given")
      ->check(kFormats)
      ->type_name("FORMAT");
  give->add_flag("--all", give.options->all, "every mailbox, as a tree");
  give->add_flag("--append", give.options->append, "add to an mbox what it doesn't have");
  give->callback([&line = line_, options = give.options] {
    options->target = options->mailboxes.back();
    options->mailboxes.pop_back();
    if (options->all != options->mailboxes.empty()) {
      throw CLI::ValidationError("export needs MAILBOX... PATH, or --all and a PATH");
    }
    line.chosen = *options;
  });
}

// --- Watching ---

void Declaration::watching() {
  const auto wait =
      add<WaitOptions>("wait", "wait for new mail and list it; exit status 3: none came");
  mailbox(wait.app, "mailbox", wait.options->mailbox);
  wait->add_option("--timeout", wait.options->timeout, "at most so long, default for ever")
      ->type_name("SECONDS");

  add<DoctorOptions>("doctor", "try each step of reading and sending, and say how long it takes");

  const auto completion =
      add<CompletionOptions>("completion", "print a shell's completion: bash, zsh, fish");
  completion->add_option("shell", completion.options->shell, "bash, zsh or fish")
      ->required()
      ->check(kShells)
      ->type_name("SHELL");
}

}  // namespace

std::unique_ptr<CommandLine> declare_command_line() {
  auto line = std::make_unique<CommandLine>();
  line->app = std::make_unique<CLI::App>(kAbout, "mua");
  CLI::App& app = *line->app;
  app.set_help_flag("--help", "this text");
  app.set_version_flag("--version", std::string("mua (Pabal) ") + PABAL_VERSION);
  app.require_subcommand(0, 1);
  app.footer(std::string(kExitCodes) + "     imported or exported, but not all of it\n");
  Declaration declaration(*line);
  declaration.common();
  declaration.screen();
  declaration.setting_up();
  declaration.writing();
  declaration.reading();
  declaration.changing();
  declaration.here();
  declaration.moving_house();
  declaration.watching();
  return line;
}

}  // namespace mua

#include "mua/declaration.hpp"

namespace mua {

namespace {

const CLI::Validator kFormats = CLI::IsMember({"mboxrd", "mboxo", "mboxcl", "mboxcl2", "maildir"});
const CLI::Validator kFormatsOrAuto =
    CLI::IsMember({"auto", "mboxrd", "mboxo", "mboxcl", "mboxcl2", "maildir"});

void declare_import(CommandLine& line) {
  const auto c = declare<ImportOptions>(line, "import",
                                        "put the messages of an mbox or Maildir into mailboxes");
  ImportOptions& o = *c.options;
  c->add_option("source", o.source, "an mbox, a Maildir or a tree of them; - stdin")
      ->required()
      ->type_name("PATH");
  c->add_option("mailbox", o.mailbox, "default INBOX; of a tree, the one above it")
      ->type_name("MAILBOX");
  c->add_option("--format", o.format, "of the source, default auto")
      ->check(kFormatsOrAuto)
      ->type_name("FORMAT");
  c->add_flag("--again", o.again, "also messages that are there already");
}

void declare_export(CommandLine& line) {
  const auto c = declare<ExportOptions>(line, "export",
                                        "write mailboxes to an mbox or a Maildir: MAILBOX... PATH");
  c->add_option("words", c.options->mailboxes, "MAILBOX... PATH; - for stdout")
      ->required()
      ->type_name("MAILBOX|PATH");
  c->add_option("--format", c.options->format,
                "default mboxrd, maildir where the path is one or --all is given")
      ->check(kFormats)
      ->type_name("FORMAT");
  c->add_flag("--all", c.options->all, "every mailbox, as a tree");
  c->add_flag("--append", c.options->append, "add to an mbox what it doesn't have");
  c->callback([&line, options = c.options] {
    options->target = options->mailboxes.back();
    options->mailboxes.pop_back();
    if (options->all != options->mailboxes.empty()) {
      throw CLI::ValidationError("it needs MAILBOX... PATH, or --all and a PATH");
    }
    line.chosen = *options;
  });
}

}  // namespace

void declare_local(CommandLine& line) {
  const auto sync = declare<SyncOptions>(
      line, "sync", "bring the local store and the server in step, send what the outbox has");
  sync->add_option("--timeout", sync.options->timeout,
                   "at most so long, default as long as it takes")
      ->type_name("SECONDS");

  const auto threads =
      declare<ThreadsOptions>(line, "threads", "list the threads of the local store");
  add_mailbox(threads.app, "mailbox", threads.options->mailbox);
  add_limit(threads.app, threads.options->limit);

  const auto contacts =
      declare<ContactsOptions>(line, "contacts", "people written to and seen, of the local store");
  contacts->add_option("beginning", contacts.options->typed, "of an address or a name")
      ->type_name("TEXT");
  add_limit(contacts.app, contacts.options->limit);

  const auto outbox = declare<OutboxOptions>(line, "outbox",
                                             "what the full screen still has to send: "
                                             "list, retry N, edit N, discard N");
  add_action(outbox.app, outbox.options->action, {"retry", "edit", "discard"});
  outbox->add_option("entry", outbox.options->entry, "as the list shows it")->type_name("NUMBER");

  const auto drafts = declare<DraftsOptions>(
      line, "drafts",
      "letters begun here: list, show N, discard N, send N; send ID of one on the server");
  add_action(drafts.app, drafts.options->action, {"show", "discard", "send"});
  drafts->add_option("draft", drafts.options->draft, "as the list shows it, or ID")
      ->type_name("NUMBER|ID");
  drafts->add_flag("--again", drafts.options->again,
                   "send also what was cut off and may have been sent");

  declare_import(line);
  declare_export(line);
}

}  // namespace mua

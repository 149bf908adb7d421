#include "mua/declaration.hpp"

namespace mua {

namespace {

void declare_ls(CommandLine& line) {
  const auto c = declare<ListOptions>(line, "ls", "list a mailbox, newest first; N marks unread");
  add_mailbox(c.app, "mailbox", c.options->mailbox);
  add_limit(c.app, c.options->limit);
}

void declare_read(CommandLine& line) {
  const auto c = declare<ReadOptions>(line, "read", "show a message and mark it as seen");
  ReadOptions& o = *c.options;
  add_id(c.app, o.id);
  c->add_flag("--peek", o.peek, "don't mark it as seen");
  auto* raw = c->add_flag("--raw", o.raw, "its octets as they are; marks nothing");
  auto* headers = c->add_flag("--headers", o.headers, "all its header fields; marks nothing");
  auto* links = c->add_flag("--links", o.links, "the links in its text; marks nothing");
  auto* decrypt =
      c->add_flag("--decrypt", o.decrypt, "open what is encrypted and check signatures");
  headers->excludes(raw);
  links->excludes(raw)->excludes(headers);
  decrypt->excludes(raw)->excludes(headers)->excludes(links);
}

void declare_verify(CommandLine& line) {
  const auto c = declare<VerifyOptions>(
      line, "verify",
      "check signatures and what is encrypted; exit status 0: all of it good,\n"
      "1: not all, 3: neither signed nor encrypted");
  add_id(c.app, c.options->id);
}

void declare_search(CommandLine& line) {
  const auto c = declare<SearchOptions>(
      line, "search",
      "find messages: words are looked for in all of the text; from:ann to:bob "
      "subject:\"a b\"\n"
      "body:x after:2026-01-01 before:2026-02-01 is:unread is:flagged;\n"
      "- in front of a term means not");
  c->add_option("query", c.options->query, "terms")->required()->type_name("TERM");
  auto* in = add_mailbox(c.app, "--mailbox", c.options->mailbox);
  c->add_flag("--all", c.options->all, "in all mailboxes, newest first")->excludes(in);
  add_limit(c.app, c.options->limit);
}

void declare_save(CommandLine& line) {
  const auto c = declare<SaveOptions>(line, "save", "save attachments; nothing is overwritten");
  add_id(c.app, c.options->id);
  c->add_option("number", c.options->numbers, "as read shows them; default all")
      ->type_name("NUMBER");
  c->add_option("--to", c.options->folder, "folder, default here; - for stdout")->type_name("DIR");
  c->add_flag("--decrypt", c.options->decrypt,
              "open what is encrypted; numbers as read --decrypt shows them");
}

void declare_pipe(CommandLine& line) {
  const auto c = declare<PipeOptions>(line, "pipe", "give the text of a message to a command");
  add_id(c.app, c.options->id);
  c->add_option("command", c.options->command, "a line for the shell")
      ->required()
      ->type_name("COMMAND");
  auto* raw = c->add_flag("--raw", c.options->raw, "its octets as they are instead of its text");
  c->add_flag("--decrypt", c.options->decrypt, "open what is encrypted")->excludes(raw);
}

}  // namespace

void declare_reading(CommandLine& line) {
  declare_ls(line);
  declare_read(line);
  declare_verify(line);
  declare_search(line);
  declare_save(line);
  declare_pipe(line);
}

}  // namespace mua

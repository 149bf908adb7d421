#include "mua/declaration.hpp"

namespace mua {

namespace {

/// `move` and `copy`.
Declared<MoveOptions> declare_move(CommandLine& line, const std::string& name,
                                   const std::string& about) {
  const auto c = declare<MoveOptions>(line, name, about);
  c->add_option("words", c.options->ids, "ID... MAILBOX")->required()->type_name("ID|MAILBOX");
  c->callback([&line, options = c.options] {
    if (options->ids.size() < 2) throw CLI::ValidationError("it needs ID... MAILBOX");
    options->mailbox = options->ids.back();
    options->ids.pop_back();
    line.chosen = *options;
  });
  return c;
}

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
    throw CLI::ValidationError("it needs an ID and a change such as +seen or -flagged");
  }
  return flag;
}

void declare_flag(CommandLine& line) {
  const auto c = declare<FlagOptions>(line, "flag", "change flags: ID... +seen -flagged +keyword");
  c->add_option("words", c.options->ids, "ID... and changes")->required()->type_name("ID|CHANGE");
  c->callback([&line, options = c.options] { line.chosen = sort_flag_words(options->ids); });
}

}  // namespace

void declare_changing(CommandLine& line) {
  declare_move(line, "move", "move messages: ID... MAILBOX");
  declare_move(line, "copy", "copy messages: ID... MAILBOX").options->copies = true;

  const auto archive = declare<ArchiveOptions>(line, "archive", "move messages to the archive");
  add_ids(archive.app, archive.options->ids);

  declare_flag(line);

  const auto erase = declare<DeleteOptions>(line, "delete", "move messages to Trash");
  add_ids(erase.app, erase.options->ids);
  erase->add_flag("--expunge", erase.options->expunge, "remove them for good");

  declare<UndoOptions>(line, "undo",
                       "take back what was done last: delete, move, "
                       "archive, flag; on the screen");

  const auto mailboxes = declare<MailboxesOptions>(
      line, "mailboxes",
      "list the mailboxes with their numbers of messages, or change them:\n"
      "create NAME, rename NAME NEW, delete NAME");
  add_action(mailboxes.app, mailboxes.options->action, {"create", "rename", "delete"});
  mailboxes->add_option("name", mailboxes.options->names, "of mailboxes")->type_name("MAILBOX");
}

}  // namespace mua

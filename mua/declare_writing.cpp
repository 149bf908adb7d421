#include "mua/declaration.hpp"

namespace mua {

namespace {

using Letter = Declared<SendOptions>;

CLI::Option* add_queue(CLI::App* app, bool& value) {
  return app->add_flag("--queue", value,
                       "put it into the outbox: sync and the full screen send it");
}

void add_addresses(const Letter& c) {
  SendOptions& o = *c.options;
  c->add_option("--from", o.from, "an identity of the settings, default the account")
      ->type_name("ADDRESS");
  c->add_option("--to", o.to, "recipient, repeatable; lists with commas too")
      ->take_all()
      ->type_name("ADDRESS");
  c->add_option("--cc", o.cc, "copies")->take_all()->type_name("ADDRESS");
  c->add_option("--bcc", o.bcc, "copies the others don't see")->take_all()->type_name("ADDRESS");
}

void add_text(const Letter& c) {
  SendOptions& o = *c.options;
  c->add_option("--subject", o.subject, "subject")->type_name("TEXT");
  c->add_option("--body", o.body, "text from FILE, - for stdin; else stdin or $EDITOR")
      ->type_name("FILE");
  c->add_option("--attach", o.attachments, "attach FILE, repeatable")
      ->type_name("FILE")
      ->take_all();
  c->add_flag("--signature", o.signature,
              "your signature below it, that of the identity in --from");
  auto* sign = c->add_flag("--sign", o.sign, "sign it with OpenPGP");
  auto* encrypt = c->add_flag("--encrypt", o.encrypt, "encrypt it with OpenPGP to all who get it");
  auto* draft =
      c->add_flag("--draft", o.to_drafts, "put it into Drafts on the server instead of sending it");
  draft->excludes(sign)->excludes(encrypt);
  add_queue(c.app, o.to_outbox)->excludes(draft);
}

/// `original` is what the flags are about, where it can be missing.
void add_answer(const Letter& c, CLI::Option* original) {
  auto* all = c->add_flag("--all", c.options->reply_all, "answer to all");
  auto* unquoted = c->add_flag("--no-quote", c.options->unquoted, "without the text it answers");
  if (!original) return;
  all->needs(original);
  unquoted->needs(original);
}

void declare_send(CommandLine& line) {
  const Letter c = declare<SendOptions>(line, "send", "send a message and keep a copy in Sent");
  add_addresses(c);
  add_text(c);
  add_answer(c, c->add_option("--reply-to-message", c.options->reply_to_message,
                              "answer this message: recipient, subject, quoted text, thread")
                    ->type_name("ID"));
}

void declare_reply(CommandLine& line) {
  const Letter c =
      declare<SendOptions>(line, "reply", "answer a message: recipient, subject, quoted text");
  add_id(c.app, c.options->reply_to_message);
  add_answer(c, nullptr);
  add_addresses(c);
  add_text(c);
}

void declare_forward(CommandLine& line) {
  const Letter c =
      declare<SendOptions>(line, "forward", "send a message on, its attachments with it");
  add_id(c.app, c.options->forward_message);
  c->add_flag("--whole", c.options->whole,
              "as an attachment, octet for octet, instead of its text");
  add_addresses(c);
  add_text(c);
}

void declare_bounce(CommandLine& line) {
  const auto c =
      declare<BounceOptions>(line, "bounce", "send a message on as it is, as if it had gone there");
  add_id(c.app, c.options->id);
  c->add_option("--to", c.options->to, "recipient, repeatable")
      ->required()
      ->take_all()
      ->type_name("ADDRESS");
  add_queue(c.app, c.options->to_outbox);
}

void declare_answer(CommandLine& line) {
  const auto c =
      declare<AnswerOptions>(line, "answer", "answer an invitation: accept, tentative or decline");
  add_id(c.app, c.options->id);
  c->add_option("answer", c.options->answer, "what to say")
      ->required()
      ->check(CLI::IsMember({"accept", "tentative", "decline"}))
      ->type_name("ANSWER");
  add_queue(c.app, c.options->to_outbox);
}

}  // namespace

void declare_writing(CommandLine& line) {
  declare_send(line);
  declare_reply(line);
  declare_forward(line);
  declare_bounce(line);
  declare_answer(line);
}

}  // namespace mua

#include "mua/screen/letter_commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "mua/draft.hpp"
#include "mua/parts.hpp"
#include "mua/rows.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/file_choice.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {

/// The message to answer, its text in the store; nullopt while it isn't, and then it is asked for.
std::optional<Reader> original(Client& client) {
  if (!client.reader && !client.list.current()) return std::nullopt;
  Reader reader =
      client.reader ? *client.reader : Reader(client.world.store, client.list.current()->id);
  if (reader.complete()) return reader;
  client.world.wire.want_text(reader.id());
  client.say("the text is on its way; try again in a moment");
  return std::nullopt;
}

void answer(Client& client, mail::ReplyTo to) {
  const auto reader = original(client);
  if (!reader) return;
  client.write(reply(reader->message().header, reader->text(), to, client.world.writer), 0);
}

void resend(Client& client, sync::MessageId message, const std::string& to) {
  const auto header = sync::MessageList(client.world.store).header(message);
  const auto octets = sync::Bodies(client.world.store).octets(message, "");
  if (!header || !octets) return;
  const Writer& writer = client.world.writer;
  sync::Outgoing mail;
  mail.sender = writer.account.address;
  const auto recipients = parse_recipients({to});
  for (const mail::NamedAddress& one : recipients) {
    mail.recipients.push_back(one.address.to_string());
  }
  const std::string domain = mail::parse_address(mail.sender).value_or(mail::Address{}).domain;
  const std::string id = mail::make_message_id(domain);
  mail.content = resent(*octets, recipients, writer, local_now(), id);
  mail.message_id = header->message_id.empty() ? id : header->message_id;
  mail.subject = header->subject.empty() ? "(no subject)" : header->subject;
  sync::Actions(client.world.store).send(mail, client.now());
  client.acted();
  client.say("");
}

void bounce_to(Client& client, sync::MessageId message, const std::string& to) {
  if (to.empty()) return;
  try {
    parse_recipients({to});
    client.say("fetching the whole message…");
    client.want_part({message, "", [&client, message, to] { resend(client, message, to); }});
  } catch (const Failure& failure) {
    client.alert(failure.what());
  }
}

/// What is attached; nullopt when something of it isn't here, and then it is asked for.
std::optional<std::vector<mail::Attachment>> contents(Client& client, const Letter& letter) {
  std::vector<mail::Attachment> out;
  sync::Bodies bodies(client.world.store);
  bool all = true;
  for (const Enclosure& one : letter.enclosures) {
    if (one.message == 0) {
      out.push_back(read_attachment(one.path));
      continue;
    }
    const auto structure = bodies.structure(one.message);
    const auto octets = bodies.octets(one.message, one.number);
    if (!structure || !octets) {
      client.want_part({one.message, one.number, [&client] { client.say("attachment fetched"); }});
      all = false;
      continue;
    }
    for (const AttachedPart& part : plan_reading(*structure).attachments) {
      if (part.part->number != one.number) continue;
      out.push_back(
          {one.name, part.part->type + "/" + part.part->subtype, part_octets(*part.part, *octets)});
    }
  }
  if (!all) return std::nullopt;
  return out;
}

sync::Outgoing outgoing(const Letter& letter, const mail::Draft& draft) {
  sync::Outgoing mail;
  mail.sender = draft.from.address.to_string();
  for (const mail::Address& one : recipients(draft)) mail.recipients.push_back(one.to_string());
  mail.content = mail::compose(draft, mail::BccField::kKeep);
  mail.message_id = draft.message_id;
  mail.subject = draft.subject.empty() ? "(no subject)" : draft.subject;
  if (letter.answered != 0) mail.answered = letter.answered;
  if (letter.forwarded != 0) mail.forwarded = letter.forwarded;
  if (letter.supersedes != 0) mail.supersedes = letter.supersedes;
  return mail;
}

void send_now(Client& client) {
  const Letter letter = client.writing->composer.letter();
  try {
    mail::Draft draft = make_draft(letter, client.world.writer.account, local_now());
    auto attached = contents(client, letter);
    if (!attached) return client.say("attachments are on their way; send again in a moment");
    draft.attachments = std::move(*attached);
    sync::Outgoing mail = outgoing(letter, draft);
    mail.draft =
        sync::Drafts(client.world.store).save(client.writing->draft, to_text(letter), client.now());
    sync::Actions(client.world.store).send(mail, client.now());
    client.stop_writing();
    client.acted();
    client.say("");
  } catch (const Failure& failure) {
    client.alert(failure.advice.empty() ? failure.what()
                                        : fmt::format("{}. {}", failure.what(), failure.advice));
  }
}

/// "" when all fields can be understood, else what can't.
std::string wrong(const Client& client, const Letter& letter) {
  try {
    const mail::Draft draft = make_draft(letter, client.world.writer.account, local_now());
    return recipients(draft).empty() ? "nobody is to get it yet: fill in To" : "";
  } catch (const Failure& failure) {
    return failure.what();
  }
}

void discard(Client& client) {
  if (client.writing->draft != 0) sync::Drafts(client.world.store).remove(client.writing->draft);
  client.stop_writing();
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(out).str();
}

void open_draft(Client& client, sync::DraftId id) {
  const auto draft = sync::Drafts(client.world.store).find(id);
  if (!draft) return;
  client.close_reader();
  client.write(letter_from_text(draft->content), id);
}

}  // namespace

void compose(Client& client, const std::string& address) {
  Letter letter = address.empty() ? Letter{} : letter_from_mailto(address);
  letter.text += new_letter(client.world.writer).text;
  client.write(std::move(letter), 0);
}

void reply_sender(Client& client, const std::string&) { answer(client, mail::ReplyTo::kSender); }

void reply_all(Client& client, const std::string&) { answer(client, mail::ReplyTo::kAll); }

void forward_message(Client& client, const std::string&) {
  const auto reader = original(client);
  if (!reader) return;
  Letter letter =
      forward(reader->message().header, reader->text(), reader->attachments(), client.world.writer);
  for (const Enclosure& one : letter.enclosures) {
    client.want_part({one.message, one.number, [] {}});
  }
  client.write(std::move(letter), 0);
}

void bounce(Client& client, const std::string& address) {
  if (!client.reader && !client.list.current()) return;
  const sync::MessageId id = client.reader ? client.reader->id() : client.list.current()->id;
  if (!address.empty()) return bounce_to(client, id, address);
  Prompt prompt;
  prompt.label = "bounce to: ";
  prompt.done = [&client, id](const std::string& to) { bounce_to(client, id, to); };
  client.ask(std::move(prompt));
}

void edit_draft(Client& client, const std::string&) {
  const auto folder = sync::Folders(client.world.store).find(client.list.folder());
  if (!folder || folder->use != sync::SpecialUse::kDrafts) return drafts(client, "");
  const auto reader = original(client);
  if (!reader) return;
  Letter letter = edit_again(reader->message().header, reader->text(), reader->attachments());
  client.close_reader();
  client.write(std::move(letter), 0);
}

void drafts(Client& client, const std::string&) {
  std::vector<Choice> choices;
  for (const sync::LocalDraft& draft : sync::Drafts(client.world.store).all()) {
    const Letter letter = letter_from_text(draft.content);
    choices.push_back({letter.subject.empty() ? "(no subject)" : letter.subject,
                       short_date(draft.saved_at, client.now()) + "  " + letter.to,
                       std::to_string(draft.id)});
  }
  if (choices.empty()) return client.say("no letter was begun");
  client.choose(Picker("Go on writing", std::move(choices)), [](Client& c, const Picker& picker) {
    if (const Choice* chosen = picker.chosen()) open_draft(c, std::stoll(chosen->value));
  });
}

void send_letter(Client& client, const std::string&) {
  const Letter letter = client.writing->composer.letter();
  if (const std::string what = wrong(client, letter); !what.empty()) return client.alert(what);
  const std::string doubt = doubts(letter);
  if (doubt.empty()) return send_now(client);
  Prompt prompt;
  prompt.label = fmt::format("{}: send it anyway? (y/n) ", doubt);
  prompt.answers = "yn";
  prompt.done = [&client](const std::string& yes) {
    if (yes == "y" && client.writing) send_now(client);
  };
  client.ask(std::move(prompt));
}

void attach(Client& client, const std::string& file) {
  const auto add = [](Client& c, const std::string& path) {
    if (c.writing) c.writing->composer.enclose({path, 0, "", ""});
  };
  if (!file.empty()) return add(client, std::filesystem::absolute(file).string());
  choose_file(client, "Attach", std::filesystem::current_path(), add);
}

void detach(Client& client, const std::string&) {
  const Letter letter = client.writing->composer.letter();
  if (letter.enclosures.empty()) return client.say("nothing is attached");
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < letter.enclosures.size(); ++i) {
    const Enclosure& one = letter.enclosures[i];
    choices.push_back({one.message != 0 ? one.name : one.path, "", std::to_string(i)});
  }
  client.choose(Picker("Take out", std::move(choices)), [](Client& c, const Picker& picker) {
    const Choice* chosen = picker.chosen();
    if (chosen && c.writing) c.writing->composer.remove_enclosure(std::stoul(chosen->value));
  });
}

void use_editor(Client& client, const std::string&) {
  std::string name = (std::filesystem::temp_directory_path() / "mua-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) return client.alert("cannot write in the temporary folder");
  close(file);
  std::ofstream(name, std::ios::binary) << client.writing->composer.letter().text;
  const std::string words = "${VISUAL:-${EDITOR:-vi}} " + shell_word(name);
  const int status = client.world.run({words, std::nullopt, ShellCommand::Afterwards::kReturn});
  if (status == 0)
    client.writing->composer.set_text(read_file(name));
  else
    client.alert(fmt::format("the editor ended with {}; the text is as it was", status));
  std::filesystem::remove(name);
}

void postpone(Client& client, const std::string&) {
  const auto folder = sync::Folders(client.world.store).find(sync::SpecialUse::kDrafts);
  const Letter letter = client.writing->composer.letter();
  client.save_draft();
  if (!folder) {
    client.stop_writing();
    return client.say("kept here; there is no folder of drafts on the server. e goes on");
  }
  try {
    mail::Draft draft = make_draft(letter, client.world.writer.account, local_now());
    auto attached = contents(client, letter);
    if (!attached) return client.say("attachments are on their way; try again in a moment");
    draft.attachments = std::move(*attached);
    const mail::FlagSet flags{static_cast<std::uint8_t>(mail::kDraft | mail::kSeen), {}};
    sync::Actions actions(client.world.store);
    actions.append(folder->id, flags, mail::compose(draft, mail::BccField::kKeep), draft.message_id,
                   client.now());
    if (letter.supersedes != 0) actions.remove(std::array{letter.supersedes}, client.now());
    discard(client);
    client.acted();
    client.say("put into " + folder->name);
  } catch (const Failure& failure) {
    client.stop_writing();
    client.say(fmt::format("kept here, not in {}: {}", folder->name, failure.what()));
  }
}

void close_letter(Client& client, const std::string&) {
  const Letter letter = client.writing->composer.letter();
  if (letter == client.writing->saved && client.writing->draft == 0) return client.stop_writing();
  Prompt prompt;
  prompt.label = "stop writing: k keeps it as a draft, d discards it, Esc goes on: ";
  prompt.answers = "kd";
  prompt.done = [&client](const std::string& answer) {
    if (answer == "d") return discard(client);
    client.save_draft();
    client.stop_writing();
    client.say("kept; e goes on writing");
  };
  client.ask(std::move(prompt));
}

}  // namespace mua::screen

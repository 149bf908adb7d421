#include "mua/screen/letter_commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "mua/draft.hpp"
#include "mua/rows.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/file_choice.hpp"
#include "mua/screen/sending.hpp"
#include "mua/screen/server_drafts.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {

/// The message to answer, its text in the store; nullopt while it isn't, and then the command is
/// run once it is.
std::optional<Reader> original(Client& client, const std::string& command) {
  if (!client.reader && !client.list.current()) return std::nullopt;
  Reader reader =
      client.reader ? *client.reader : Reader(client.world.store, client.list.current()->id);
  if (reader.complete()) return reader;
  client.once_read(reader.id(), command);
  return std::nullopt;
}

bool was_encrypted(const Reader& reader) {
  return reader.unsealed() && !reader.unsealed()->seals.encryptions.empty();
}

/// What came encrypted is answered encrypted.
void begin(Client& client, const Reader& reader, Letter letter) {
  letter.encrypt = letter.sign = was_encrypted(reader);
  client.write(std::move(letter), 0);
}

void answer(Client& client, mail::ReplyTo to) {
  const auto reader = original(client, to == mail::ReplyTo::kAll ? "reply-all" : "reply");
  if (!reader) return;
  begin(client, *reader, reply(reader->message().header, reader->text(), to, client.world.writer));
}

/// Told from the message it was by the id of its own: that one may lie in Sent.
void resend(Client& client, sync::MessageId message, const std::string& to) {
  sync::LocalStore& store = client.world.store;
  const auto header = sync::MessageList(store).header(message);
  if (!header || !sync::Bodies(store).has(message, "")) return;
  sync::Outgoing mail;
  const auto recipients = parse_recipients({to});
  for (const mail::NamedAddress& one : recipients) {
    mail.recipients.push_back(one.address.to_string());
  }
  mail.sender = client.world.writer.account.address;
  mail.subject = header->subject.empty() ? "(no subject)" : header->subject;
  mail.message_id =
      mail::make_message_id(mail::parse_address(mail.sender).value_or(mail::Address{}).domain);
  mail.taken_back = sync::Outgoing::TakenBack::kGone;
  mail.copy = sync::Outgoing::Copy::kNone;
  mail.wait = client.world.undo;
  const auto work = [mail, recipients, message, writer = client.world.writer,
                     file = store.file()]() mutable -> Aside::After {
    sync::LocalStore own(file);
    const mail::PieceSource octets = sync::Bodies(own).source(message, "");
    const std::string was = mail::read_header(octets);
    mail.written = sync::write_content(
        own,
        mail::joined(resent(was, recipients, writer, local_now(), mail.message_id), octets,
                     was.size()),
        std::time(nullptr));
    return [mail](Client& c) {
      sync::Actions(c.world.store).send(mail, c.now());
      c.acted();
      c.say("");
    };
  };
  if (sync::Bodies(store).kept(message, "") <= kAtOnce) return carry_out(work)(client);
  client.say("encoding…");
  client.world.aside.run(work);
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

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(out).str();
}

void open_draft(Client& client, sync::DraftId id) {
  client.take_in_hand(id);
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
  const auto reader = original(client, "forward");
  if (!reader) return;
  Letter letter =
      forward(reader->message().header, reader->text(), reader->attachments(), client.world.writer);
  for (const Enclosure& one : letter.enclosures) {
    client.want_part({one.message, one.number, [] {}});
  }
  const bool left_out = letter.enclosures.size() < reader->attachments().size();
  begin(client, *reader, std::move(letter));
  if (left_out)
    client.alert("what was attached and encrypted is not taken along: save it, and attach it");
}

void forward_attached_message(Client& client, const std::string&) {
  if (!client.reader && !client.list.current()) return;
  const sync::MessageId id = client.reader ? client.reader->id() : client.list.current()->id;
  const auto header = sync::MessageList(client.world.store).header(id);
  if (!header) return;
  client.want_part({id, "", [] {}});
  client.write(forward_attached(*header, client.world.writer), 0);
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
  const auto reader = original(client, "edit");
  if (!reader) return;
  // What is being written here is as new as the copy on the server, or newer.
  if (const auto here = local_draft_of(client, reader->message().header.message_id)) {
    return open_draft(client, *here);
  }
  Letter letter = edit_again(reader->message().header, reader->text(), reader->attachments());
  client.close_reader();
  client.write(std::move(letter), 0);
}

void drafts(Client& client, const std::string&) {
  std::vector<Choice> choices;
  for (const Desk& desk : client.desks) {
    for (const sync::LocalDraft& draft : sync::Drafts(desk.store).all()) {
      const Letter letter = letter_from_text(draft.content);
      choices.push_back({letter.subject.empty() ? "(no subject)" : letter.subject,
                         short_date(draft.saved_at, client.now()) + "  " + letter.to,
                         std::to_string(draft.id)});
    }
  }
  if (choices.empty()) return client.say("no letter was begun");
  client.choose(Picker("Go on writing", std::move(choices)), [](Client& c, const Picker& picker) {
    if (const Choice* chosen = picker.chosen()) open_draft(c, std::stoll(chosen->value));
  });
}

void send_letter(Client& client, const std::string&) {
  const Letter letter = client.writing->composer.letter();
  const std::string what = wrong_with(letter, client.world.writer);
  if (!what.empty()) return client.alert(what);
  const std::string doubt = doubts(letter);
  if (doubt.empty()) return send_written(client);
  Prompt prompt;
  prompt.label = fmt::format("{}: send it anyway? (y/n) ", doubt);
  prompt.answers = "yn";
  prompt.done = [&client](const std::string& yes) {
    if (yes == "y" && client.writing) send_written(client);
  };
  client.ask(std::move(prompt));
}

void attach(Client& client, const std::string& file) {
  const auto add = [](Client& c, const std::string& path) {
    if (c.writing) c.writing->composer.enclose({path, 0, "", ""});
  };
  if (!file.empty()) return take_file(client, "Attach", file, add);
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
  const std::string& own = client.world.editor;
  const std::string words =
      (own.empty() ? "${VISUAL:-${EDITOR:-vi}}" : own) + " " + shell_word(name);
  const int status = client.world.run({words, std::nullopt, ShellCommand::Afterwards::kReturn});
  if (status == 0)
    client.writing->composer.set_text(read_file(name));
  else
    client.alert(fmt::format("the editor ended with {}; the text is as it was", status));
  std::filesystem::remove(name);
}

void toggle_signing(Client& client, const std::string&) {
  Letter letter = client.writing->composer.letter();
  client.writing->composer.seal(!letter.sign, letter.encrypt);
}

void toggle_encryption(Client& client, const std::string&) {
  Letter letter = client.writing->composer.letter();
  client.writing->composer.seal(letter.sign, !letter.encrypt);
}

void close_letter(Client& client, const std::string&) {
  const Letter letter = client.writing->composer.letter();
  if (letter == client.writing->saved && client.writing->draft == 0) return client.stop_writing();
  Prompt prompt;
  prompt.label = "stop writing: k keeps it as a draft, d discards it, Esc goes on: ";
  prompt.answers = "kd";
  prompt.done = [&client](const std::string& answer) {
    if (answer == "d") return discard(client);
    put_draft(client);
    client.save_draft();
    client.stop_writing();
    client.say("kept; e goes on writing");
  };
  client.ask(std::move(prompt));
}

}  // namespace mua::screen

#include "mua/screen/sending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "mua/crypt/seal_mail.hpp"
#include "mua/draft.hpp"
#include "mua/part_decoder.hpp"
#include "mua/parts.hpp"
#include "mua/screen/client.hpp"
#include "mua/sender.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/drafts.hpp"

namespace mua::screen {

namespace {

namespace fs = std::filesystem;

/// The key wants a passphrase.
struct Locked {
  std::string key;
};

struct Built {
  sync::Outgoing mail;
  std::optional<Locked> locked;
};

std::uint64_t octets_of(const Enclosure& one, sync::LocalStore& store) {
  if (one.message == 0) {
    std::error_code error;
    const auto size = fs::file_size(one.path, error);
    return error ? 0 : size;
  }
  return sync::Bodies(store).kept(one.message, one.number);
}

/// What is kept of a part, decoded piece by piece.
mail::PieceReader read_part(const mail::PieceSource& kept, const std::string& encoding) {
  return [read = kept.open(), decoder = PartDecoder(encoding), ended = false]() mutable {
    std::string out;
    while (out.empty() && !ended) {
      const std::string piece = read();
      ended = piece.empty();
      out = ended ? decoder.end() : decoder.feed(piece);
    }
    return out;
  };
}

/// A part of another message, or all of it.
mail::Attachment forwarded(const Enclosure& one, sync::LocalStore& store) {
  sync::Bodies bodies(store);
  const mail::PieceSource kept = bodies.source(one.message, one.number);
  if (one.number.empty()) return {one.name, "message/rfc822", "", kept.open};
  const auto structure = bodies.structure(one.message);
  if (structure) {
    for (const AttachedPart& part : plan_reading(*structure).attachments) {
      if (part.part->number != one.number) continue;
      return {one.name, part.part->type + "/" + part.part->subtype, "",
              [kept, encoding = part.part->encoding] { return read_part(kept, encoding); }};
    }
  }
  throw Failure(ExitCode::kFailed, one.name + " is no longer there to be attached");
}

/// Signed and encrypted as the letter says; the key that wants a passphrase where one does.
std::optional<Locked> seal(const Letter& letter, const mail::Draft& draft, crypt::SealWish wish,
                           sync::Outgoing& mail) {
  wish.sign = letter.sign;
  wish.encrypt = letter.encrypt;
  wish.sender = mail.sender;
  wish.recipients = mail.recipients;
  auto sealed = crypt::seal(mail::compose(draft, mail::BccField::kKeep), wish);
  if (sealed) {
    mail.content = std::move(*sealed);
    return std::nullopt;
  }
  if (sealed.error().locked && wish.passphrase.empty()) return Locked{sealed.error().key};
  throw Failure(ExitCode::kFailed, "not sent: " + sealed.error().why);
}

Built build(const Letter& letter, const Writer& writer, sync::LocalStore& store,
            const std::string& passphrase) {
  const mail::Draft draft = whole_draft(letter, writer, store);
  Built built{outgoing_of(letter, draft), std::nullopt};
  if (!letter.sign && !letter.encrypt) {
    built.mail.written = write_mail(draft, store);
    return built;
  }
  crypt::SealWish wish;
  wish.passphrase = passphrase;
  wish.key = signing_key_of(writer, draft.from.address);
  built.locked = seal(letter, draft, std::move(wish), built.mail);
  return built;
}

void ask_passphrase(Client& client, const std::string& key) {
  Prompt prompt;
  prompt.label = fmt::format("passphrase of {}: ", key.empty() ? "your key" : key);
  prompt.echo = Prompt::Echo::kHidden;
  prompt.done = [&client](const std::string& passphrase) {
    if (!passphrase.empty() && client.writing) send_written(client, passphrase);
  };
  client.ask(std::move(prompt));
}

/// Unless it was changed meanwhile, or closed.
void finish(Client& client, const Letter& letter, Built built) {
  if (!client.writing || client.writing->composer.letter() != letter) {
    return sync::drop_content(client.world.store, built.mail.written);
  }
  if (built.locked) return ask_passphrase(client, built.locked->key);
  sync::LocalStore& store = client.world.store;
  built.mail.draft = sync::Drafts(store).save(client.writing->draft, to_text(letter), client.now());
  built.mail.wait = client.world.undo;
  sync::Actions(store).send(built.mail, client.now());
  client.stop_writing();
  client.acted();
  client.say("");
}

}  // namespace

std::string wrong_with(const Letter& letter, const Writer& writer) {
  try {
    const mail::Draft draft = make_draft(letter, writer.account, local_now());
    const std::string from = draft.from.address.to_string();
    const std::vector<std::string> own = addresses_of(writer);
    if (std::find(own.begin(), own.end(), from) == own.end()) {
      return from + " is none of your addresses: choose another From";
    }
    return recipients(draft).empty() ? "nobody is to get it yet: fill in To" : "";
  } catch (const Failure& failure) {
    return failure.what();
  }
}

mail::Draft whole_draft(const Letter& letter, const Writer& writer, sync::LocalStore& store) {
  mail::Draft draft = make_draft(letter, writer.account, local_now());
  set_sender(draft, writer, draft.from);
  if (letter.sign) draft.form = mail::TextForm::kExact;
  for (const Enclosure& one : letter.enclosures) {
    draft.attachments.push_back(one.message == 0 ? read_attachment(one.path)
                                                 : forwarded(one, store));
  }
  return draft;
}

sync::Outgoing outgoing_of(const Letter& letter, const mail::Draft& draft) {
  sync::Outgoing mail;
  mail.sender = draft.from.address.to_string();
  for (const mail::Address& one : recipients(draft)) mail.recipients.push_back(one.to_string());
  mail.message_id = draft.message_id;
  mail.subject = draft.subject.empty() ? "(no subject)" : draft.subject;
  if (letter.answered != 0) mail.answered = letter.answered;
  if (letter.forwarded != 0) mail.forwarded = letter.forwarded;
  if (letter.supersedes != 0) mail.supersedes = letter.supersedes;
  return mail;
}

sync::ContentId write_mail(const mail::Draft& draft, sync::LocalStore& store) {
  sync::ContentWriter writer(store, std::time(nullptr));
  mail::compose(draft, mail::BccField::kKeep,
                [&writer](std::string_view piece) { writer.add(piece); });
  return writer.finish();
}

std::uint64_t octets_attached(const Letter& letter, sync::LocalStore& store) {
  std::uint64_t out = 0;
  for (const Enclosure& one : letter.enclosures) out += octets_of(one, store);
  return out;
}

bool enclosures_here(Client& client, const Letter& letter) {
  bool all = true;
  for (const Enclosure& one : letter.enclosures) {
    if (one.message == 0) continue;
    if (sync::Bodies(client.store_of(one.message)).has(one.message, one.number)) continue;
    client.want_part({one.message, one.number, [&client] { client.say("attachment fetched"); }});
    all = false;
  }
  return all;
}

void send_written(Client& client, const std::string& passphrase) {
  const Letter letter = client.writing->composer.letter();
  if (!enclosures_here(client, letter)) {
    return client.say("attachments are on their way; send again in a moment");
  }
  sync::LocalStore& store = client.world.store;
  const std::uint64_t octets = octets_attached(letter, store);
  const bool sealed = letter.sign || letter.encrypt;
  if (sealed && octets > kMostSealed) {
    return client.alert(fmt::format("{} are attached; {} is the most that is signed or encrypted",
                                    size_text(octets), size_text(kMostSealed)));
  }
  const auto work = [letter, writer = client.world.writer, passphrase,
                     file = store.file()]() -> Aside::After {
    sync::LocalStore own(file);
    const Built built = build(letter, writer, own, passphrase);
    return [letter, built](Client& c) { finish(c, letter, built); };
  };
  if (octets <= kAtOnce && !sealed) return carry_out(work)(client);
  client.say(sealed ? "signing and encrypting…" : "encoding…");
  client.world.aside.run(work);
}

}  // namespace mua::screen

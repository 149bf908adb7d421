#include "mua/screen/server_drafts.hpp"

#include <fmt/format.h>

#include <array>

#include "mua/draft.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/sending.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {

std::optional<sync::Folder> drafts_folder(Client& client) {
  return sync::Folders(client.world.store).find(sync::SpecialUse::kDrafts);
}

/// Gives the letter the Message-ID under which it is to be found again.
Letter named(Client& client) {
  Composer& composer = client.writing->composer;
  if (composer.letter().message_id.empty()) {
    const auto self = mail::parse_address(client.world.writer.account.address);
    composer.name_draft(mail::make_message_id(self ? self->domain : "localhost"));
  }
  return composer.letter();
}

/// What of the one that lies there under another Message-ID is superseded.
void drop_superseded(Client& client, const Letter& letter) {
  sync::LocalStore& store = client.world.store;
  const auto before = sync::MessageList(store).header(letter.supersedes);
  if (before && before->message_id != letter.message_id) {
    sync::Actions(store).remove(std::array{letter.supersedes}, client.now());
  }
}

void stop(Client& client, const std::string& why) {
  client.stop_writing();
  client.say(why);
}

/// Unless it was changed meanwhile, or closed.
void put_away(Client& client, const sync::Folder& folder, const Letter& letter,
              sync::ContentId content) {
  sync::LocalStore& store = client.world.store;
  if (!client.writing || client.writing->composer.letter() != letter) {
    return sync::drop_content(store, content);
  }
  sync::Actions(store).keep_draft(folder.id, content, letter.message_id, client.now());
  drop_superseded(client, letter);
  if (client.writing->draft != 0) sync::Drafts(store).remove(client.writing->draft);
  client.acted();
  stop(client, "put into " + folder.name);
}

/// Composes it, aside of the screen where that takes long.
void compose_away(Client& client, const sync::Folder& folder, const Letter& letter) {
  sync::LocalStore& store = client.world.store;
  const auto work = [letter, folder, writer = client.world.writer,
                     file = store.file()]() -> Aside::After {
    sync::LocalStore own(file);
    try {
      const sync::ContentId content = write_mail(whole_draft(letter, writer, own), own);
      return [=](Client& c) { put_away(c, folder, letter, content); };
    } catch (const Failure& failure) {
      return [name = folder.name, why = std::string(failure.what())](Client& c) {
        stop(c, fmt::format("kept here, not in {}: {}", name, why));
      };
    }
  };
  if (octets_attached(letter, store) <= kAtOnce) return carry_out(work)(client);
  client.say("encoding…");
  client.world.aside.run(work);
}

bool is_light(const Letter& letter) {
  // A file that is large would go up every minute.
  return letter.enclosures.empty();
}

}  // namespace

void put_draft(Client& client) {
  Writing& writing = *client.writing;
  writing.put_at = client.world.now_ms();
  Letter letter = writing.composer.letter();
  const auto folder = drafts_folder(client);
  if (letter == writing.put || !folder || letter.encrypt || !is_light(letter)) return;
  try {
    letter = named(client);
    sync::LocalStore& store = client.world.store;
    const sync::ContentId content =
        write_mail(whole_draft(letter, client.world.writer, store), store);
    sync::Actions(store).keep_draft(folder->id, content, letter.message_id, client.now());
    client.acted();
    writing.put = letter;
  } catch (const Failure&) {
    // An address that is still being typed; what is written is kept here.
  }
}

void postpone(Client& client, const std::string&) {
  const auto folder = drafts_folder(client);
  client.save_draft();
  if (!folder) {
    return stop(client, "kept here; there is no folder of drafts on the server. e goes on");
  }
  if (client.writing->composer.letter().encrypt) {
    return stop(client, fmt::format("kept here, not in {}: it is to be encrypted. e goes on",
                                    folder->name));
  }
  const Letter letter = named(client);
  if (!enclosures_here(client, letter)) {
    return client.say("attachments are on their way; try again in a moment");
  }
  compose_away(client, *folder, letter);
}

void discard(Client& client) {
  const Letter letter = client.writing->composer.letter();
  sync::LocalStore& store = client.world.store;
  if (client.writing->draft != 0) sync::Drafts(store).remove(client.writing->draft);
  sync::Actions actions(store);
  // One that was opened from there stays there.
  if (!letter.message_id.empty() && letter.supersedes == 0) {
    for (const sync::FolderId folder : actions.kept_drafts(letter.message_id)) {
      actions.drop_draft(folder, letter.message_id, client.now());
    }
  }
  client.stop_writing();
  client.acted();
}

std::optional<sync::DraftId> local_draft_of(Client& client, const std::string& message_id) {
  if (message_id.empty()) return std::nullopt;
  for (const sync::LocalDraft& draft : sync::Drafts(client.world.store).all()) {
    if (letter_from_text(draft.content).message_id == message_id) return draft.id;
  }
  return std::nullopt;
}

}  // namespace mua::screen

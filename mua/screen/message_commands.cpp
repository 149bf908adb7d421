#include "mua/screen/message_commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mua/screen/client.hpp"
#include "mua/screen/folder_choice.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {

std::vector<sync::MessageId> meant(const Client& client) {
  if (client.reader) return {client.reader->id()};
  return client.list.targets();
}

std::string count_text(std::size_t count) {
  return count == 1 ? "1 message" : fmt::format("{} messages", count);
}

/// The messages are gone from the list: the cursor is on the next one, which the reader reads.
void went(Client& client, const std::string& what) {
  client.list.clear_marks();
  client.acted();
  if (client.reader) {
    if (client.list.current())
      client.open_message(client.list.current()->id);
    else
      client.close_reader();
  }
  client.say(what + "; u takes it back");
}

void move_to(Client& client, sync::FolderId target) {
  const std::vector<sync::MessageId> messages = meant(client);
  const auto folder = sync::Folders(client.world.store).find(target);
  if (!folder || messages.empty()) return;
  if (target == client.list.folder()) return client.say("it is in " + folder->name + " already");
  if (!sync::Actions(client.world.store).move(messages, target, client.now())) return;
  went(client, fmt::format("{} to {}", count_text(messages.size()), folder->name));
}

/// Set where one of them has it not, else cleared.
void toggle(Client& client, const std::string& name, std::uint8_t system, const char* set,
            const char* cleared) {
  const std::vector<sync::MessageId> messages = meant(client);
  if (messages.empty()) return;
  const auto rows = sync::MessageList(client.world.store).rows(messages);
  const bool all = std::all_of(rows.begin(), rows.end(), [&](const sync::Row& row) {
    return (row.flags.system & system) != 0;
  });
  using Change = sync::Actions::Change;
  sync::Actions(client.world.store)
      .flag(messages, name, all ? Change::kClear : Change::kSet, client.now());
  client.list.clear_marks();
  client.acted();
  client.say(fmt::format("{} {}", count_text(messages.size()), all ? cleared : set));
}

void edit_draft(Client& client, sync::DraftId id) {
  const auto draft = sync::Drafts(client.world.store).find(id);
  if (!draft) return;
  client.close_reader();
  client.write(letter_from_text(draft->content), id);
}

std::string state_text(const sync::Entry& entry) {
  if (entry.state == sync::EntryState::kFailed) return entry.said + " " + entry.advice;
  return entry.said.empty() ? std::string(name_of(entry.state)) : entry.said;
}

void ask_about(Client& client, sync::EntryId id) {
  Prompt prompt;
  prompt.label = "s sends it now, e takes it back to edit it, Esc leaves it: ";
  prompt.answers = "se";
  prompt.done = [&client, id](const std::string& answer) {
    sync::Actions actions(client.world.store);
    if (answer == "s") {
      actions.send_now(id, client.now());
      return client.acted();
    }
    const auto undone = actions.take_back(id, client.now());
    client.acted();
    if (!undone) return client.alert("it is on its way already");
    if (undone->draft) edit_draft(client, *undone->draft);
  };
  client.ask(std::move(prompt));
}

}  // namespace

void erase(Client& client, const std::string&) {
  const std::vector<sync::MessageId> messages = meant(client);
  if (messages.empty()) return;
  if (!sync::Actions(client.world.store).remove(messages, client.now())) return;
  went(client, "deleted " + count_text(messages.size()));
}

void archive(Client& client, const std::string&) {
  sync::Folders folders(client.world.store);
  auto folder = folders.find(sync::SpecialUse::kArchive);
  if (!folder) folder = folders.find(std::string_view("Archive"));
  if (!folder) return client.alert("there is no archive; s moves to any folder");
  move_to(client, folder->id);
}

void move(Client& client, const std::string& folder) {
  if (meant(client).empty()) return;
  choose_folder(client, "Move to", folder, [](Client& c, sync::FolderId id) { move_to(c, id); });
}

void flag(Client& client, const std::string&) {
  toggle(client, "\\Flagged", mail::kFlagged, "flagged", "no longer flagged");
}

void unread(Client& client, const std::string&) {
  toggle(client, "\\Seen", mail::kSeen, "marked as read", "marked as unread");
}

void undo(Client& client, const std::string&) {
  const auto undone = sync::Actions(client.world.store).undo(client.now());
  if (!undone) return client.say("there is nothing to take back");
  client.acted();
  if (undone->draft)
    edit_draft(client, *undone->draft);
  else if (!undone->messages.empty())
    client.list.go_to_message(undone->messages.front());
  client.say("taken back: " + undone->what);
}

void show_outbox(Client& client, const std::string&) {
  if (client.outbox.empty()) return client.say("the outbox is empty");
  std::vector<Choice> choices;
  for (const sync::Entry& entry : client.outbox) {
    choices.push_back({entry.label, state_text(entry), std::to_string(entry.id)});
  }
  client.choose(Picker("Outbox", std::move(choices)), [](Client& c, const Picker& picker) {
    if (const Choice* chosen = picker.chosen()) ask_about(c, std::stoll(chosen->value));
  });
}

}  // namespace mua::screen

#include "mua/screen/message_commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "mua/screen/client.hpp"
#include "mua/screen/folder_choice.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/undo.hpp"

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
  sync::LocalStore& store = client.store_of(target);
  const auto folder = sync::Folders(store).find(target);
  if (!folder || messages.empty()) return;
  if (target == client.list.folder()) return client.say("it is in " + folder->name + " already");
  const auto shares = client.by_account(messages);
  if (shares.size() > 1 || &shares.front().store != &store) {
    return client.alert("a folder takes only messages of its own account, " +
                        client.address_of(target));
  }
  if (!sync::Actions(store).move(messages, target, client.now())) return;
  went(client, fmt::format("{} to {}", count_text(messages.size()), folder->name));
}

/// Set where one of them has it not, else cleared.
void toggle(Client& client, const std::string& name, std::uint8_t system, const char* set,
            const char* cleared) {
  const std::vector<sync::MessageId> messages = meant(client);
  if (messages.empty()) return;
  const auto shares = client.by_account(messages);
  const bool all = std::all_of(shares.begin(), shares.end(), [&](const Client::Share& share) {
    const auto rows = sync::MessageList(share.store).rows(share.messages);
    return std::all_of(rows.begin(), rows.end(),
                       [&](const sync::Row& row) { return (row.flags.system & system) != 0; });
  });
  using Change = sync::Actions::Change;
  for (const Client::Share& share : shares) {
    sync::Actions(share.store)
        .flag(share.messages, name, all ? Change::kClear : Change::kSet, client.now());
  }
  client.list.clear_marks();
  client.acted();
  client.say(fmt::format("{} {}", count_text(messages.size()), all ? cleared : set));
}

/// `recipients`: who alone is to get it now; none: those it says.
void edit_draft(Client& client, sync::DraftId id, const std::vector<std::string>& recipients = {}) {
  client.take_in_hand(id);
  const auto draft = sync::Drafts(client.world.store).find(id);
  if (!draft) return;
  client.close_reader();
  Letter letter = letter_from_text(draft->content);
  if (!recipients.empty()) {
    letter.to = fmt::format("{}", fmt::join(recipients, ", "));
    letter.cc = letter.bcc = "";
  }
  client.write(std::move(letter), id);
}

std::string state_text(const sync::Entry& entry) {
  if (entry.state == sync::EntryState::kFailed) return entry.said + " " + entry.advice;
  return entry.said.empty() ? std::string(name_of(entry.state)) : entry.said;
}

/// 0: none.
sync::FolderId archive_of(sync::LocalStore& store) {
  sync::Folders folders(store);
  auto folder = folders.find(sync::SpecialUse::kArchive);
  if (!folder) folder = folders.find(std::string_view("Archive"));
  return folder ? folder->id : 0;
}

/// When what undo would take back was done, of all accounts.
std::optional<std::int64_t> last_deed(const Client& client) {
  std::optional<std::int64_t> latest;
  for (const Desk& desk : client.desks) {
    latest = std::max(latest, sync::Undo(desk.store).time());
  }
  return latest;
}

/// The mail that was sent after all that, too late for undo.
std::optional<std::string> last_gone(const Client& client, std::int64_t since) {
  for (const Desk& desk : client.desks) {
    if (auto subject = sync::Undo(desk.store).next_gone(since)) return subject;
  }
  return std::nullopt;
}

void take_back(Client& client, sync::LocalStore& store) {
  const auto undone = sync::Undo(store).take_back_latest(client.now());
  if (!undone) return;
  client.acted();
  if (undone->draft)
    edit_draft(client, *undone->draft);
  else if (!undone->messages.empty())
    client.list.go_to_message(undone->messages.front());
  const std::string words = sync::undone_text(*undone);
  undone->nothing() ? client.alert(words) : client.say(words);
}

void ask_about(Client& client, sync::EntryId id) {
  Prompt prompt;
  prompt.label = "s sends it now, e takes it back to edit it, Esc leaves it: ";
  prompt.answers = "se";
  prompt.done = [&client, id](const std::string& answer) {
    sync::LocalStore& store = client.store_of(id);
    if (answer == "s") {
      sync::Actions(store).send_now(id, client.now());
      return client.acted();
    }
    const auto entry = sync::Journal(store).find(id);
    const auto undone = sync::Undo(store).take_back(id, client.now());
    client.acted();
    if (!undone) return client.alert("it is on its way already");
    if (!undone->draft) return client.say("taken back: " + undone->what);
    // Of a mail that some have got, only the others are to get it.
    const bool for_some = entry && !entry->files_copy;
    edit_draft(client, *undone->draft, for_some ? entry->recipients : std::vector<std::string>{});
  };
  client.ask(std::move(prompt));
}

}  // namespace

void erase(Client& client, const std::string&) {
  const std::vector<sync::MessageId> messages = meant(client);
  if (messages.empty()) return;
  bool any = false;
  for (const Client::Share& share : client.by_account(messages)) {
    if (sync::Actions(share.store).remove(share.messages, client.now())) any = true;
  }
  if (any) went(client, "deleted " + count_text(messages.size()));
}

void archive(Client& client, const std::string&) {
  const std::vector<sync::MessageId> messages = meant(client);
  const auto shares = client.by_account(messages);
  std::vector<sync::FolderId> archives;
  for (const Client::Share& share : shares) archives.push_back(archive_of(share.store));
  if (messages.empty()) return;
  if (std::count(archives.begin(), archives.end(), 0) > 0)
    return client.alert("there is no archive; s moves to any folder");
  if (shares.size() == 1) return move_to(client, archives.front());
  for (std::size_t i = 0; i < shares.size(); ++i)
    sync::Actions(shares[i].store).move(shares[i].messages, archives[i], client.now());
  went(client, count_text(messages.size()) + " to the archives");
}

void move(Client& client, const std::string& folder) {
  if (meant(client).empty()) return;
  client.take_in_hand(meant(client).front());
  choose_folder(
      client, "Move to", folder, [](Client& c, sync::FolderId id) { move_to(c, id); },
      Whose::kInHand);
}

void flag(Client& client, const std::string&) {
  toggle(client, "\\Flagged", mail::kFlagged, "flagged", "no longer flagged");
}

void unread(Client& client, const std::string&) {
  toggle(client, "\\Seen", mail::kSeen, "marked as read", "marked as unread");
}

void undo(Client& client, const std::string&) {
  const auto latest = last_deed(client);
  if (const auto subject = last_gone(client, latest.value_or(0))) {
    return client.say(fmt::format("\"{}\" is gone{}", *subject,
                                  latest ? "; u again takes back what was done before" : ""));
  }
  if (!latest) return client.say("there is nothing to take back");
  for (const Desk& desk : client.desks) {
    // What was done to messages of several accounts at once is taken back at once.
    if (sync::Undo(desk.store).time() == latest) take_back(client, desk.store);
  }
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

#include "mua/screen/client.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mail/ascii.hpp"
#include "mua/query.hpp"
#include "mua/screen/commands.hpp"
#include "mua/screen/layout.hpp"
#include "mua/screen/painter.hpp"
#include "mua/screen/server_drafts.hpp"
#include "mua/screen/unseal.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/people.hpp"

namespace mua::screen {

namespace {

constexpr std::int64_t kAwayAfter = 5 * 60'000;
constexpr std::int64_t kAutosave = 5'000;
constexpr std::int64_t kPutEvery = 60'000;
constexpr std::int64_t kSaidFor = 10'000;
constexpr std::int64_t kPreviewAfter = 150;
constexpr std::size_t kMostPeople = 6;
constexpr std::size_t kReadAhead = 2;

}  // namespace

Client::Client(World around)
    : world(std::move(around)), desks(std::move(world.desks)), list(world.store) {
  settle_desks();
  read_folders();
  read_outbox();
  key_at_ = world.now_ms();
  list.set_height(layout_of(world.screen.size(), Pane::kList).list.rows);
}

Client::~Client() {
  std::error_code ignored;
  for (const auto& folder : temporary) std::filesystem::remove_all(folder, ignored);
}

Place Client::place() const { return writing ? kInLetter : reader ? kInReader : kInList; }

void Client::say(std::string text) {
  said_ = std::move(text);
  said_at_ = world.now_ms();
  alerting_ = false;
}

void Client::alert(std::string text) {
  say(std::move(text));
  alerting_ = true;
}

/// The command of that name, or the only one that begins so; else what is wrong is said.
const Command* Client::meant_by(const std::string& name) {
  const Command* found = find_command(name);
  const auto beginning = commands_beginning(place(), name);
  if (!found && beginning.size() == 1 && !name.empty()) return beginning.front();
  if (found && (found->places & place()) != 0) return found;
  if (found) {
    alert(fmt::format("{} means nothing here", name));
  } else if (beginning.empty() || name.empty()) {
    const char* key = place() == kInLetter ? "^G" : "?";
    alert(fmt::format("there is no command \"{}\"; {} lists them", name, key));
  } else {
    std::vector<std::string_view> names;
    for (const Command* command : beginning) names.push_back(command->name);
    alert(fmt::format("\"{}\" could be {}", name, fmt::join(names, ", ")));
  }
  return nullptr;
}

void Client::ask(Prompt prompt) { prompt_ = std::move(prompt); }

void Client::choose(Picker picker, std::function<void(Client&, const Picker&)> then) {
  choosing_ = Choosing{std::move(picker), std::move(then)};
}

void Client::command(const std::string& line) {
  const std::string_view words = mail::trim(line);
  const std::size_t blank = std::min(words.find(' '), words.size());
  const std::string argument(mail::trim(words.substr(blank)));
  const Command* found = meant_by(std::string(words.substr(0, blank)));
  if (!found) return;
  if (found->argument.empty() && !argument.empty())
    return alert(fmt::format("{} takes nothing after it, not \"{}\"", found->name, argument));
  if (reader)
    take_in_hand(reader->id());
  else if (!writing && list.current())
    take_in_hand(list.current()->id);
  found->run(*this, argument);
}

// --- Folders and messages ---

void Client::read_folders() {
  folders = all_folders();
  if (list.folder() != 0 || folders.empty()) return;
  const auto inbox = std::find_if(folders.begin(), folders.end(), [](const sync::Folder& f) {
    return f.use == sync::SpecialUse::kInbox;
  });
  open_folder(inbox == folders.end() ? folders.front().id : inbox->id);
}

void Client::read_outbox() {
  outbox.clear();
  for (const Desk& desk : desks) {
    for (sync::Entry& entry : sync::Journal(desk.store).outbox())
      outbox.push_back(std::move(entry));
  }
}

void Client::open_folder(sync::FolderId folder) {
  close_reader();
  searching_ = 0;
  if (folder == sync::kAllInboxes) {
    list.show(folder);
  } else {
    take_in_hand(folder);
    list.show(world.store, folder);
  }
  world.wire.show(folder);
}

void Client::open_message(sync::MessageId message) {
  take_in_hand(message);
  reader.emplace(world.store, message);
  list.go_to_message(message);
  if (!reader->complete()) world.wire.want_text(message);
  unseal(*this);
  world.wire.prefetch(list.following(kReadAhead));
  if (list.current() && list.current()->id == message && list.current()->unread()) {
    const std::array one{message};
    sync::Actions(world.store).flag(one, "\\Seen", sync::Actions::Change::kSet, now());
    acted();
  }
}

void Client::open_inside(sync::MessageId message, const std::string& part) {
  // Of a decrypted message it lies where that one does.
  const auto around = reader && reader->id() == message ? reader->memory() : nullptr;
  reader.emplace(world.store, message, part, around);
  for (const std::string& number : reader->missing_parts()) {
    want_part({message, number, [this] {
                 if (!reader || reader->inside().empty()) return;
                 reader->load();
                 unseal(*this);
               }});
  }
  unseal(*this);
}

void Client::close_reader() { reader.reset(); }

void Client::acted() {
  world.wire.journal_changed();
  search_counts.changed();
  list.reload();
  folders = all_folders();
  read_outbox();
}

void Client::want_part(WantedPart part) {
  if (sync::Bodies(world.store).has(part.message, part.number)) return part.then();
  world.wire.want_part(part.message, part.number);
  wanted_.push_back(std::move(part));
}

void Client::once_read(sync::MessageId message, std::string line) {
  world.wire.want_text(message);
  once_read_ = {message, std::move(line)};
  say("the text is on its way…");
}

void Client::run_once_read(sync::MessageId message) {
  if (once_read_.message != message) return;
  once_read_.message = 0;
  const sync::MessageId here = reader ? reader->id() : list.current() ? list.current()->id : 0;
  if (here != message || writing || asking()) return;
  say("");
  command(std::exchange(once_read_.command, ""));
  // Rather nothing than again and again.
  if (once_read_.message == message) once_read_.message = 0;
}

void Client::search(const std::string& query, Scope scope) {
  const auto key = parse_query(query);
  if (!key) {
    if (!query.empty()) say(key.error());
    return;
  }
  last_search = query;
  marking_ = 0;
  list.show_results(query, {}, scope);
  ask_wire(*key, scope == Scope::kFolder ? std::optional(list.folder()) : std::nullopt);
}

void Client::ask_wire(const mail::SearchKey& key, std::optional<sync::FolderId> folder) {
  const bool all = !folder || folder == sync::kAllInboxes;
  searching_ = all ? desks.size() : 1;
  found_more_ = false;
  world.wire.search(++searches_, folder, key);
}

void Client::mark_matching(const std::string& query) {
  const auto key = parse_query(query);
  if (!key) return alert(key.error());
  found_marked_ = 0;
  const bool everywhere = list.query() && list.scope() == Scope::kEverywhere;
  ask_wire(*key, everywhere ? std::nullopt : std::optional(list.folder()));
  marking_ = searches_;
  say("marking…");
}

void Client::open_saved(const SavedSearch& saved) {
  if (saved.folder.empty()) {
    close_reader();
    return search(saved.query, Scope::kEverywhere);
  }
  const auto found = std::find_if(folders.begin(), folders.end(), [&](const sync::Folder& folder) {
    return folder.name == saved.folder;
  });
  if (found == folders.end()) {
    return alert(fmt::format("{} is saved for {}, which is not there", saved.name, saved.folder));
  }
  open_folder(found->id);
  search(saved.query);
}

const SavedSearch* Client::shown_search() const {
  if (!list.query()) return nullptr;
  for (const SavedSearch& saved : world.saved_searches) {
    const bool everywhere = list.scope() == Scope::kEverywhere;
    if (saved.query == *list.query() && saved.folder.empty() == everywhere) return &saved;
  }
  return nullptr;
}

const sync::Folder* Client::shown_folder() const {
  const auto found = std::find_if(folders.begin(), folders.end(),
                                  [&](const sync::Folder& f) { return f.id == list.folder(); });
  return found == folders.end() ? nullptr : &*found;
}

bool Client::lists_recipients() const {
  const sync::Folder* folder = shown_folder();
  return folder &&
         (folder->use == sync::SpecialUse::kSent || folder->use == sync::SpecialUse::kDrafts);
}

// --- Letters ---

void Client::write(Letter letter, sync::DraftId draft) {
  const auto complete = [this](std::string_view typed) {
    return sync::People(world.store).complete(typed, kMostPeople);
  };
  Composer composer(std::move(letter), senders(world.writer), complete);
  said_.clear();  // what was said was of the list
  Letter saved = composer.letter();
  const std::int64_t begun = world.now_ms();
  writing.emplace(Writing{std::move(composer), draft, saved, begun, saved, begun});
}

void Client::save_draft() {
  if (!writing) return;
  writing->saved_at = world.now_ms();
  const Letter letter = writing->composer.letter();
  if (letter == writing->saved) return;
  writing->draft = sync::Drafts(world.store).save(writing->draft, to_text(letter), now());
  writing->saved = letter;
}

void Client::stop_writing() { writing.reset(); }

void Client::save_all() { save_draft(); }

void Client::greet() {
  std::size_t begun = 0;
  for (const Desk& desk : desks) begun += sync::Drafts(desk.store).all().size();
  if (begun == 1) alert("a letter was begun and not sent; e goes on writing it");
  if (begun > 1) alert(fmt::format("{} letters were begun and not sent; e goes on writing", begun));
}

// --- Time ---

void Client::tick() {
  const std::int64_t now_ms = world.now_ms();
  note_presence();
  if (writing && now_ms - writing->put_at >= kPutEvery) put_draft(*this);
  if (writing && now_ms - writing->saved_at >= kAutosave) save_draft();
  if (!said_.empty() && now_ms - said_at_ >= kSaidFor) said_.clear();
  prepare_preview();
  search_counts.tick(*this);
  if (leaving && outbox.empty()) ended_ = true;
}

/// Nobody has to be live within seconds while nobody looks.
void Client::note_presence() {
  const bool away = world.now_ms() - key_at_ >= kAwayAfter;
  if (away == away_) return;
  away_ = away;
  away ? world.wire.away() : world.wire.there();
}

int Client::wait_ms() const {
  const std::int64_t now_ms = world.now_ms();
  std::int64_t wait = 30'000;
  if (writing) wait = std::min(wait, writing->saved_at + kAutosave - now_ms);
  if (!said_.empty()) wait = std::min(wait, said_at_ + kSaidFor - now_ms);
  if (!outbox.empty()) wait = std::min<std::int64_t>(wait, 1'000);
  // Whose "tries again in 5 s" is counted down.
  const bool counts = std::any_of(desks.begin(), desks.end(), [&](const Desk& desk) {
    return desk.link.link == sync::Link::kOffline && desk.link.retry_at > now_ms;
  });
  if (counts) wait = std::min<std::int64_t>(wait, 1'000);
  if (cursor_moved_at_ != 0) wait = std::min(wait, cursor_moved_at_ + kPreviewAfter - now_ms);
  if (!world.saved_searches.empty()) wait = search_counts.wait_ms(now_ms, wait);
  return static_cast<int>(std::clamp<std::int64_t>(wait, 10, 30'000));
}

/// The message under the cursor beside the list, once the cursor rests.
void Client::prepare_preview() {
  const bool shown = layout_of(world.screen.size(), Pane::kList).reader.columns > 0;
  const sync::MessageId id = list.current() ? list.current()->id : 0;
  if (!shown || reader || id == 0) {
    preview_.reset();
    seen_cursor_ = cursor_moved_at_ = 0;
    return;
  }
  if (id != seen_cursor_) {
    seen_cursor_ = id;
    cursor_moved_at_ = world.now_ms();
    preview_.reset();
  }
  if (preview_ || world.now_ms() - cursor_moved_at_ < kPreviewAfter) return;
  cursor_moved_at_ = 0;
  preview_.emplace(store_of(id), id);
  if (!preview_->complete()) world.wire.want_text(id);
  tell_unchecked(*preview_);
}

void Client::paint() {
  Painter painter(*this);
  world.screen.show(painter.picture());
}

}  // namespace mua::screen

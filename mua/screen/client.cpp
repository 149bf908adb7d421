#include "mua/screen/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mua/query.hpp"
#include "mua/screen/commands.hpp"
#include "mua/screen/folder_view.hpp"
#include "mua/screen/layout.hpp"
#include "mua/screen/painter.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/people.hpp"

namespace mua::screen {

namespace {

constexpr std::int64_t kAutosave = 5'000;
constexpr std::int64_t kSaidFor = 10'000;
constexpr std::int64_t kPreviewAfter = 150;
constexpr std::size_t kMostPeople = 6;
constexpr std::size_t kReadAhead = 2;

}  // namespace

Client::Client(World around) : world(std::move(around)), list(world.store) {
  read_folders();
  read_outbox();
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

void Client::ask(Prompt prompt) { prompt_ = std::move(prompt); }

void Client::choose(Picker picker, std::function<void(Client&, const Picker&)> then) {
  choosing_ = Choosing{std::move(picker), std::move(then)};
}

void Client::command(const std::string& line) {
  const std::size_t blank = std::min(line.find(' '), line.size());
  const std::string name = line.substr(0, blank);
  const std::string argument = line.substr(std::min(blank + 1, line.size()));
  const Command* found = find_command(name);
  if (!found) return alert(fmt::format("there is no command \"{}\"; ? lists them", name));
  if ((found->places & place()) == 0) return alert(fmt::format("{} means nothing here", name));
  found->run(*this, argument);
}

// --- Keys and the mouse ---

void Client::handle(const Event& event) {
  if (const auto* key = std::get_if<Key>(&event))
    press(*key);
  else if (const auto* mouse = std::get_if<Mouse>(&event))
    click(*mouse);
  else if (const auto* pasted = std::get_if<Pasted>(&event))
    paste(*pasted);
  list.set_height(layout_of(world.screen.size(), Pane::kList).list.rows);
}

void Client::press(const Key& key) {
  list.hold();
  if (is_esc_and_another(key)) {
    press(Key{"Esc"});
    return press(Key{key.name.substr(2)});
  }
  if (prompt_) return press_in_prompt(key);
  if (choosing_) return press_in_picker(key);
  // The letter takes what types or edits text; what it doesn't know are commands.
  if (writing && writing->composer.press(key)) return;
  run_keys(key);
}

/// A terminal tells Alt and Esc apart only by how soon the next key follows. Where Alt means
/// nothing, somebody was quick.
bool Client::is_esc_and_another(const Key& key) const {
  if (!key.name.starts_with("M-") || key.name.size() < 3) return false;
  if (prompt_ || choosing_) return true;
  return !writing && meaning_of(world.keys, place(), key.name).command.empty();
}

void Client::run_keys(const Key& key) {
  const std::string keys = keys_.empty() ? key.name : keys_ + " " + key.name;
  keys_.clear();
  const Meaning meaning = meaning_of(world.keys, place(), keys);
  if (meaning.begins) {
    keys_ = keys;
  } else if (!meaning.command.empty()) {
    command(std::string(meaning.command));
  } else {
    say(fmt::format("{} means nothing here; {} lists the keys", keys,
                    place() == kInLetter ? "^G" : "?"));
  }
}

void Client::press_in_prompt(const Key& key) {
  if (key.name == "Esc" || key.name == "C-c" || key.name == "C-g") {
    const auto left = std::move(prompt_->left);
    prompt_.reset();
    if (left) left();
    return;
  }
  if (!prompt_->answers.empty()) {
    if (key.name.size() != 1 || prompt_->answers.find(key.name) == std::string::npos) return;
    const auto done = std::move(prompt_->done);
    prompt_.reset();
    return done(key.name);
  }
  if (key.name == "Enter") {
    const auto done = std::move(prompt_->done);
    const std::string text = prompt_->line.text();
    prompt_.reset();
    return done(text);
  }
  if (key.name == "Tab" && prompt_->complete) {
    if (const auto more = prompt_->complete(prompt_->line.text())) prompt_->line.set(*more);
    return;
  }
  if (key.name == "Backspace" && prompt_->line.text().empty()) return press_in_prompt(Key{"Esc"});
  if (prompt_->line.press(key) && prompt_->changed) prompt_->changed(prompt_->line.text());
}

void Client::press_in_picker(const Key& key) { settle_picker(choosing_->picker.press(key)); }

void Client::settle_picker(Picker::Outcome outcome) {
  if (outcome == Picker::Outcome::kOpen) return;
  Choosing chosen = std::move(*choosing_);
  choosing_.reset();
  if (outcome == Picker::Outcome::kChosen) chosen.then(*this, chosen.picker);
}

void Client::click(const Mouse& mouse) {
  list.hold();
  if (choosing_ && mouse.action == Mouse::Action::kClick) {
    return settle_picker(choosing_->picker.click(mouse.at, world.screen.size()));
  }
  if (prompt_ || choosing_ || writing) return;
  const bool down = mouse.action == Mouse::Action::kWheelDown;
  if (mouse.action != Mouse::Action::kClick) {
    if (reader)
      reader->scroll(down ? 3 : -3);
    else
      list.move(down ? 3 : -3);
    return;
  }
  const Layout layout = layout_of(world.screen.size(), reader ? Pane::kReader : Pane::kList);
  if (const sync::FolderId folder = folder_at(folders, list.folder(), layout.folders, mouse.at)) {
    return open_folder(folder);
  }
  if (!layout.list.contains(mouse.at)) return;
  const std::uint32_t line =
      list.top() + static_cast<std::uint32_t>(mouse.at.row - layout.list.row);
  if (line == list.cursor() && list.current()) return open_message(list.current()->id);
  list.go_to(line);
  if (reader && list.current()) open_message(list.current()->id);
}

void Client::paste(const Pasted& pasted) {
  if (choosing_) return choosing_->picker.paste(pasted.text);
  if (prompt_) {
    prompt_->line.insert(pasted.text);
    if (prompt_->changed) prompt_->changed(prompt_->line.text());
    return;
  }
  // Elsewhere every letter of it would be a command.
  if (writing) writing->composer.paste(pasted.text);
}

// --- Folders and messages ---

void Client::read_folders() {
  folders = sync::Folders(world.store).all();
  if (list.folder() != 0 || folders.empty()) return;
  const auto inbox = std::find_if(folders.begin(), folders.end(), [](const sync::Folder& f) {
    return f.use == sync::SpecialUse::kInbox;
  });
  open_folder(inbox == folders.end() ? folders.front().id : inbox->id);
}

void Client::read_outbox() { outbox = sync::Journal(world.store).outbox(); }

void Client::open_folder(sync::FolderId folder) {
  close_reader();
  list.show(folder);
  searching_ = false;
  world.wire.show(folder);
}

void Client::open_message(sync::MessageId message) {
  reader.emplace(world.store, message);
  list.go_to_message(message);
  if (!reader->complete()) world.wire.want_text(message);
  world.wire.prefetch(list.following(kReadAhead));
  if (list.current() && list.current()->id == message && list.current()->unread()) {
    const std::array one{message};
    sync::Actions(world.store).flag(one, "\\Seen", sync::Actions::Change::kSet, now());
    acted();
  }
}

void Client::open_inside(sync::MessageId message, const std::string& part) {
  reader.emplace(world.store, message, part);
  for (const std::string& number : reader->missing_parts()) {
    want_part({message, number, [this] {
                 if (reader && !reader->inside().empty()) reader->load();
               }});
  }
}

void Client::close_reader() { reader.reset(); }

void Client::acted() {
  world.wire.journal_changed();
  list.reload();
  folders = sync::Folders(world.store).all();
  read_outbox();
}

void Client::want_part(WantedPart part) {
  if (sync::Bodies(world.store).has(part.message, part.number)) return part.then();
  world.wire.want_part(part.message, part.number);
  wanted_.push_back(std::move(part));
}

void Client::search(const std::string& query) {
  const auto key = parse_query(query);
  if (!key) {
    if (!query.empty()) say(key.error());
    return;
  }
  last_search = query;
  searching_ = true;
  list.show_results(query, {});
  world.wire.search(++searches_, list.folder(), *key);
}

// --- Letters ---

void Client::write(Letter letter, sync::DraftId draft) {
  const Account& account = world.writer.account;
  const std::string from = typed_address(account.name, account.address);
  const auto complete = [this](std::string_view typed) {
    return sync::People(world.store).complete(typed, kMostPeople);
  };
  Composer composer(letter, from, complete);
  said_.clear();  // what was said was of the list
  writing.emplace(Writing{std::move(composer), draft, std::move(letter), world.now_ms()});
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
  const std::size_t begun = sync::Drafts(world.store).all().size();
  if (begun == 1) alert("a letter was begun and not sent; e goes on writing it");
  if (begun > 1) alert(fmt::format("{} letters were begun and not sent; e goes on writing", begun));
}

// --- Time ---

void Client::tick() {
  const std::int64_t now_ms = world.now_ms();
  if (writing && now_ms - writing->saved_at >= kAutosave) save_draft();
  if (!said_.empty() && now_ms - said_at_ >= kSaidFor) said_.clear();
  prepare_preview();
  if (leaving && outbox.empty()) ended_ = true;
}

int Client::wait_ms() const {
  const std::int64_t now_ms = world.now_ms();
  std::int64_t wait = 30'000;
  if (writing) wait = std::min(wait, writing->saved_at + kAutosave - now_ms);
  if (!said_.empty()) wait = std::min(wait, said_at_ + kSaidFor - now_ms);
  if (!outbox.empty()) wait = std::min<std::int64_t>(wait, 1'000);
  if (cursor_moved_at_ != 0) wait = std::min(wait, cursor_moved_at_ + kPreviewAfter - now_ms);
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
  preview_.emplace(world.store, id);
  if (!preview_->complete()) world.wire.want_text(id);
}

void Client::paint() {
  Painter painter(*this);
  world.screen.show(painter.picture());
}

}  // namespace mua::screen

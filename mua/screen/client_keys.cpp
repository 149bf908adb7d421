// Where keys and pasted text go: the prompt, the popup, the letter, else a command.
#include <fmt/format.h>

#include <utility>

#include "mua/screen/client.hpp"
#include "mua/screen/layout.hpp"

namespace mua::screen {

void Client::handle(const Event& event) {
  if (!std::holds_alternative<Resized>(event)) {
    key_at_ = world.now_ms();
    note_presence();
  }
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
  once_read_.message = 0;
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
  if (key.name == "Esc" || key.name == "C-c" || key.name == "C-g") return dismiss();
  if (!prompt_->answers.empty()) {
    if (key.name.size() == 1 && prompt_->answers.find(key.name) != std::string::npos)
      answer(key.name);
    return;
  }
  if (key.name == "Enter") return answer(prompt_->line.text());
  if (key.name == "Tab" && prompt_->complete) {
    // A copy: it may ask something else.
    const auto complete = prompt_->complete;
    const std::string text = prompt_->line.text();
    if (const auto more = complete(text)) prompt_->line.set(*more);
    return;
  }
  if (key.name == "Backspace" && prompt_->line.text().empty()) return press_in_prompt(Key{"Esc"});
  if (prompt_->line.press(key) && prompt_->changed) prompt_->changed(prompt_->line.text());
}

void Client::answer(std::string text) {
  const auto done = std::move(prompt_->done);
  prompt_.reset();
  done(text);
}

std::string Client::take_said() {
  std::string out = std::move(said_);
  said_.clear();
  return out;
}

void Client::dismiss() {
  choosing_.reset();
  if (!prompt_) return;
  const auto left = std::move(prompt_->left);
  prompt_.reset();
  if (left) left();
}

void Client::pick(std::size_t choice) {
  choosing_->picker.choose(choice);
  settle_picker(Picker::Outcome::kChosen);
}

void Client::press_in_picker(const Key& key) { settle_picker(choosing_->picker.press(key)); }

void Client::settle_picker(Picker::Outcome outcome) {
  if (outcome == Picker::Outcome::kOpen) return;
  Choosing chosen = std::move(*choosing_);
  choosing_.reset();
  if (outcome == Picker::Outcome::kChosen) chosen.then(*this, chosen.picker);
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

}  // namespace mua::screen

#include "mua/screen/composer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "mail/ascii.hpp"

namespace mua::screen {

namespace {

constexpr std::array<const char*, 4> kNames{"To", "Cc", "Bcc", "Subject"};
constexpr int kNameWidth = 9;
constexpr std::size_t kMostCompletions = 6;

/// Where the address that is being typed begins: after the last comma outside quotes.
std::size_t last_address(std::string_view text) {
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == ',' && !quoted) begin = i + 1;
  }
  while (begin < text.size() && text[begin] == ' ') ++begin;
  return begin;
}

std::string label_of(const sync::Person& person) {
  return typed_address(person.name, person.address);
}

std::string name_of(const Enclosure& one) {
  return one.message != 0 ? one.name : std::filesystem::path(one.path).filename().string();
}

}  // namespace

Composer::Composer(Letter letter, std::string from, Complete complete)
    : letter_(std::move(letter)),
      from_(std::move(from)),
      complete_(std::move(complete)),
      fields_{LineEdit(letter_.to), LineEdit(letter_.cc), LineEdit(letter_.bcc),
              LineEdit(letter_.subject)},
      editor_(letter_.text) {
  focus();
}

void Composer::focus() {
  at_ = fields_[0].text().empty() ? 0 : fields_[3].text().empty() ? 3 : kText;
}

Letter Composer::letter() const {
  Letter out = letter_;
  out.to = fields_[0].text();
  out.cc = fields_[1].text();
  out.bcc = fields_[2].text();
  out.subject = fields_[3].text();
  out.text = editor_.text();
  return out;
}

void Composer::set_text(std::string_view text) {
  editor_ = Editor(text);
  at_ = kText;
}

void Composer::enclose(Enclosure enclosure) { letter_.enclosures.push_back(std::move(enclosure)); }

void Composer::remove_enclosure(std::size_t index) {
  if (index >= letter_.enclosures.size()) return;
  letter_.enclosures.erase(letter_.enclosures.begin() + static_cast<std::ptrdiff_t>(index));
}

bool Composer::press(const Key& key) {
  if (at_ < kText) return press_in_field(key);
  if (editor_.press(key)) return true;
  if (key.name != "Up" && key.name != "BackTab") return false;
  at_ = kFields - 1;
  return true;
}

bool Composer::press_in_field(const Key& key) {
  const std::string& name = key.name;
  const bool completing = !completions_.empty();
  if (completing && (name == "Tab" || name == "Enter")) {
    take_completion();
    return true;
  }
  if (completing && (name == "Down" || name == "C-n")) {
    completion_ = std::min(completion_ + 1, completions_.size() - 1);
    return true;
  }
  if (completing && (name == "Up" || name == "C-p")) {
    completion_ -= completion_ > 0 ? 1 : 0;
    return true;
  }
  if (completing && name == "Esc") {
    completions_.clear();
    return true;
  }
  if (name == "Tab" || name == "Enter" || name == "Down")
    ++at_;
  else if (name == "BackTab" || name == "Up")
    at_ -= at_ > 0 ? 1 : 0;
  else if (fields_[at_].press(key)) {
    find_completions();
    return true;
  } else {
    return false;
  }
  completions_.clear();
  return true;
}

void Composer::paste(std::string_view text) {
  if (at_ == kText)
    editor_.insert(text);
  else
    fields_[at_].insert(text);
}

void Composer::find_completions() {
  completions_.clear();
  completion_ = 0;
  const std::string& text = fields_[at_].text();
  if (!is_address_field() || fields_[at_].cursor() != text.size()) return;
  const std::string typed = text.substr(last_address(text));
  if (typed.empty() || typed.find('>') != std::string::npos) return;
  completions_ = complete_(typed);
  if (completions_.size() > kMostCompletions) completions_.resize(kMostCompletions);
  // What is typed in full needs no completion.
  if (completions_.size() == 1 && mail::same_ignoring_case(completions_[0].address, typed)) {
    completions_.clear();
  }
}

void Composer::take_completion() {
  const std::string& text = fields_[at_].text();
  fields_[at_].set(text.substr(0, last_address(text)) + label_of(completions_[completion_]) + ", ");
  completions_.clear();
}

void Composer::paint(Canvas& canvas, Area area) {
  canvas.fill(area, {});
  int row = area.row;
  const int left = area.column + 1 + kNameWidth;
  const int width = area.columns - kNameWidth - 2;
  const auto name = [&](std::string_view text) {
    canvas.put({row, area.column + 1}, text, {Tone::kField, false}, kNameWidth);
  };
  name("From:");
  canvas.put({row++, left}, from_, {}, width);
  for (std::size_t i = 0; i < kFields; ++i) {
    name(std::string(kNames[i]) + ":");
    const Position cursor = fields_[i].paint(canvas, {row, left, 1, width}, {});
    if (i == at_) canvas.cursor = field_cursor_ = cursor;
    ++row;
  }
  if (!letter_.enclosures.empty()) {
    std::string chips;
    for (std::size_t i = 0; i < letter_.enclosures.size(); ++i) {
      chips += fmt::format("{}[{} {}]", i > 0 ? " " : "", i + 1, name_of(letter_.enclosures[i]));
    }
    name("Attached:");
    canvas.put({row++, left}, chips, {Tone::kChip, false}, width);
  }
  for (int column = area.column; column < area.column + area.columns; ++column) {
    canvas.put({row, column}, "─", {Tone::kBorder, false}, 1);
  }
  ++row;
  const Position cursor =
      editor_.paint(canvas, {row, area.column + 1, area.row + area.rows - row, area.columns - 2});
  if (at_ == kText)
    canvas.cursor = cursor;
  else if (!completions_.empty())
    paint_completions(canvas, area);
}

void Composer::paint_completions(Canvas& canvas, Area area) const {
  for (std::size_t i = 0; i < completions_.size(); ++i) {
    const Style style = i == completion_ ? Style{Tone::kTitle, true} : Style{Tone::kDim, false};
    const int width = std::min(60, area.columns - kNameWidth - 2);
    canvas.put_filled({field_cursor_.row + 1 + static_cast<int>(i), area.column + 1 + kNameWidth},
                      label_of(completions_[i]), style, width);
  }
}

}  // namespace mua::screen

#include "mua/screen/composer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "mail/ascii.hpp"
#include "mail/searchable.hpp"

namespace mua::screen {

namespace {

constexpr std::array<const char*, 5> kFieldNames{"From", "To", "Cc", "Bcc", "Subject"};
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

std::string name_of(const Enclosure& one) {
  return one.message != 0 ? one.name : std::filesystem::path(one.path).filename().string();
}

}  // namespace

Composer::Composer(Letter letter, std::vector<Sender> senders, Complete complete)
    : letter_(std::move(letter)),
      senders_(std::move(senders)),
      complete_(std::move(complete)),
      fields_{LineEdit(letter_.from.empty() ? senders_.front().typed : letter_.from),
              LineEdit(letter_.to), LineEdit(letter_.cc), LineEdit(letter_.bcc),
              LineEdit(letter_.subject)},
      editor_(letter_.text) {
  signature_ = senders_.front().signature;
  for (const Sender& one : senders_) {
    if (one.typed == letter_.from) signature_ = one.signature;
  }
  focus();
}

void Composer::focus() {
  at_ = fields_[kTo].text().empty() ? kTo : fields_[kSubject].text().empty() ? kSubject : kText;
}

Letter Composer::letter() const {
  Letter out = letter_;
  const std::string& from = fields_[kFrom].text();
  out.from = from == senders_.front().typed ? "" : from;
  out.to = fields_[kTo].text();
  out.cc = fields_[2].text();
  out.bcc = fields_[3].text();
  out.subject = fields_[kSubject].text();
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

void Composer::seal(bool sign, bool encrypt) {
  letter_.sign = sign;
  letter_.encrypt = encrypt;
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
    at_ = std::max(at_ - 1, first_field());
  else if (fields_[at_].press(key)) {
    find_completions();
    return true;
  } else {
    return false;
  }
  completions_.clear();
  // Whoever comes to From wants another one.
  if (at_ == kFrom) find_senders("");
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
  if (at_ == kFrom) return find_senders(text);
  if (!is_address_field() || fields_[at_].cursor() != text.size()) return;
  const std::string typed = text.substr(last_address(text));
  if (typed.empty() || typed.find('>') != std::string::npos) return;
  std::vector<sync::Person> people = complete_(typed);
  if (people.size() > kMostCompletions) people.resize(kMostCompletions);
  // What is typed in full needs no completion.
  if (people.size() == 1 && mail::same_ignoring_case(people[0].address, typed)) return;
  for (const sync::Person& one : people) {
    completions_.push_back(typed_address(one.name, one.address));
  }
}

/// Those that have what is typed anywhere.
void Composer::find_senders(std::string_view typed) {
  completions_.clear();
  completion_ = 0;
  for (const Sender& one : senders_) {
    if (typed.empty() && one.typed == fields_[kFrom].text()) completion_ = completions_.size();
    if (mail::casefold(one.typed).find(mail::casefold(typed)) != std::string::npos) {
      completions_.push_back(one.typed);
    }
  }
}

void Composer::take_completion() {
  const std::string chosen = completions_[completion_];
  completions_.clear();
  if (at_ == kFrom) return take_sender(chosen);
  const std::string& text = fields_[at_].text();
  fields_[at_].set(text.substr(0, last_address(text)) + chosen + ", ");
}

void Composer::take_sender(const std::string& typed) {
  fields_[kFrom].set(typed);
  for (const Sender& one : senders_) {
    if (one.typed == typed) swap_signature(one.signature);
  }
  ++at_;
}

/// Only a signature that nobody has changed goes.
void Composer::swap_signature(const std::string& now) {
  const auto below = [](const std::string& signature) {
    return signature.empty() ? "" : "\n-- \n" + signature;
  };
  std::string text = editor_.text();
  const std::string before = below(signature_);
  const bool had_end = text.ends_with('\n');
  if (had_end) text.pop_back();
  if (!text.ends_with(before)) return;
  text.resize(text.size() - before.size());
  const Editor::Place place = editor_.place();
  editor_ = Editor(text + below(now) + (had_end ? "\n" : ""));
  editor_.go_to(place);
  signature_ = now;
}

void Composer::paint(Canvas& canvas, Area area) {
  canvas.fill(area, {});
  int row = area.row;
  const int left = area.column + 1 + kNameWidth;
  const int width = area.columns - kNameWidth - 2;
  const auto name = [&](std::string_view text) {
    canvas.put({row, area.column + 1}, text, {Tone::kField, false}, kNameWidth);
  };
  for (std::size_t i = 0; i < kFields; ++i) {
    name(std::string(kFieldNames[i]) + ":");
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
  if (letter_.sign || letter_.encrypt) {
    name("OpenPGP:");
    const char* what = !letter_.encrypt ? "signed"
                       : letter_.sign   ? "signed and encrypted"
                                        : "encrypted";
    canvas.put({row++, left}, what, {Tone::kGood, false}, width);
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
                      completions_[i], style, width);
  }
}

}  // namespace mua::screen

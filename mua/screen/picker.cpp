#include "mua/screen/picker.hpp"

#include <algorithm>

#include "mua/screen/fuzzy.hpp"

namespace mua::screen {

namespace {
constexpr int kPage = 10;
constexpr int kMostColumns = 76;
}  // namespace

Picker::Picker(std::string title, std::vector<Choice> choices)
    : title_(std::move(title)), choices_(std::move(choices)) {
  for (const Choice& choice : choices_) {
    widest_name_ = std::max(widest_name_, columns(choice.text));
    widest_note_ = std::max(widest_note_, columns(choice.note));
  }
  filter();
}

void Picker::filter() {
  std::vector<std::pair<int, std::size_t>> scored;
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    const auto name = fuzzy_score(filter_.text(), choices_[i].text);
    const auto both =
        name ? name : fuzzy_score(filter_.text(), choices_[i].text + " " + choices_[i].note);
    // What fits by its note alone comes after what fits by its name.
    if (both) scored.emplace_back(name ? *both + 10'000 : *both, i);
  }
  if (!filter_.text().empty()) {
    std::stable_sort(scored.begin(), scored.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
  }
  fitting_.clear();
  for (const auto& [score, index] : scored) fitting_.push_back(index);
  at_ = 0;
}

void Picker::move(int by) {
  const int last = static_cast<int>(fitting_.size()) - 1;
  at_ = std::clamp(at_ + by, 0, std::max(last, 0));
}

Picker::Outcome Picker::press(const Key& key) {
  const std::string& name = key.name;
  if (name == "Esc" || name == "C-c" || name == "C-g") return Outcome::kClosed;
  if (name == "Enter") return Outcome::kChosen;
  if (name == "Up" || name == "C-p" || name == "BackTab")
    move(-1);
  else if (name == "Down" || name == "C-n" || name == "Tab")
    move(1);
  else if (name == "PgUp")
    move(-kPage);
  else if (name == "PgDn")
    move(kPage);
  else if (filter_.press(key))
    filter();
  return Outcome::kOpen;
}

void Picker::choose(std::size_t choice) {
  filter_.set("");
  filter();
  move(static_cast<int>(choice));
}

void Picker::paste(std::string_view text) {
  filter_.insert(text);
  filter();
}

const Choice* Picker::chosen() const {
  return fitting_.empty() ? nullptr : &choices_[fitting_[static_cast<std::size_t>(at_)]];
}

int Picker::columns_of(Size screen) { return std::min(screen.columns - 4, kMostColumns) - 4; }

/// Notes stand below each other; names get what they need where notes leave it.
int Picker::name_columns(int inside) const {
  const int usual = std::max(inside * 2 / 5, 12);
  return std::max(usual, std::min(widest_name_, inside - widest_note_ - 1));
}

Area Picker::area(Size screen) const {
  const int width = columns_of(screen) + 4;
  const int height = std::min(screen.rows - 4, static_cast<int>(choices_.size()) + 4);
  return {(screen.rows - height) / 2, (screen.columns - width) / 2, std::max(height, 5), width};
}

int Picker::top(int rows) const { return std::max(0, at_ - rows + 1); }

Picker::Outcome Picker::click(Position at, Size screen) {
  const Area a = area(screen);
  if (!a.contains(at)) return Outcome::kClosed;
  const int line = at.row - a.row - 3 + top(a.rows - 4);
  if (line < 0 || line >= static_cast<int>(fitting_.size())) return Outcome::kOpen;
  at_ = line;
  return Outcome::kChosen;
}

void Picker::paint(Canvas& canvas) const {
  const Area a = area(canvas.size());
  canvas.frame(a, title_);
  const int inside = a.columns - 4;
  const int left = a.column + 2;
  canvas.put({a.row + 1, left}, "> ", {Tone::kField, false}, 2);
  canvas.cursor = filter_.paint(canvas, {a.row + 1, left + 2, 1, inside - 2}, {});
  for (int column = a.column + 1; column < a.column + a.columns - 1; ++column) {
    canvas.put({a.row + 2, column}, "─", {Tone::kBorder, false}, 1);
  }
  const int rows = a.rows - 4;
  for (int row = 0; row < rows; ++row) {
    const int index = top(rows) + row;
    if (index >= static_cast<int>(fitting_.size())) break;
    const Choice& choice = choices_[fitting_[static_cast<std::size_t>(index)]];
    const bool here = index == at_;
    const int line = a.row + 3 + row;
    canvas.fill({line, left - 1, 1, inside + 2}, {Tone::kText, here});
    const int name = choice.note.empty() ? inside : name_columns(inside);
    canvas.put({line, left}, choice.text, {Tone::kText, here}, name);
    canvas.put({line, left + name + 1}, choice.note, {Tone::kDim, here}, inside - name - 1);
  }
  if (fitting_.empty()) canvas.put({a.row + 3, left}, "nothing fits", {Tone::kDim, false}, inside);
}

}  // namespace mua::screen

// A popup list from which one entry is chosen by typing some of its letters: folders, commands,
// keys, links, attachments, files, drafts. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mua/screen/canvas.hpp"
#include "mua/screen/event.hpp"
#include "mua/screen/line_edit.hpp"

namespace mua::screen {

struct Choice {
  std::string text;   ///< what is shown and matched
  std::string note;   ///< beside it, matched too
  std::string value;  ///< what choosing it gives
};

class Picker {
 public:
  Picker(std::string title, std::vector<Choice> choices);

  enum class Outcome { kOpen, kChosen, kClosed };
  /// Letters filter; Up Down C-p C-n Tab PgUp PgDn move; Enter chooses; Esc C-c C-g close.
  Outcome press(const Key& key);
  void paste(std::string_view text);
  Outcome click(Position at, Size screen);
  void scroll(int lines) { move(lines); }

  /// What a line has room for.
  static int columns_of(Size screen);

  const std::string& title() const { return title_; }
  const std::vector<Choice>& choices() const { return choices_; }
  void choose(std::size_t choice);

  /// The chosen one; nullptr when nothing fits what was typed.
  const Choice* chosen() const;
  /// What was typed, for choices that need not be in the list.
  const std::string& typed() const { return filter_.text(); }

  void paint(Canvas& canvas) const;

 private:
  void filter();
  void move(int by);
  Area area(Size screen) const;
  int name_columns(int inside) const;
  int top(int rows) const;

  std::string title_;
  std::vector<Choice> choices_;
  int widest_name_ = 0, widest_note_ = 0;
  std::vector<std::size_t> fitting_;
  LineEdit filter_;
  int at_ = 0;
};

}  // namespace mua::screen

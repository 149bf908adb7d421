// The built-in editor: a text in lines, a cursor, and keys as people know them from nano and Emacs.
// Lines are broken at 76 columns as they are typed (RFC 5322 §2.1.1 advises at most 78), quoted
// ones are left as they are; longer ones are shown on several lines of the screen. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mua/screen/canvas.hpp"
#include "mua/screen/event.hpp"

namespace mua::screen {

class Editor {
 public:
  explicit Editor(std::string_view text = "");

  /// False: the key means nothing here, or Up on the first line. Arrows, Home End PgUp PgDn, C-a
  /// C-e C-b C-f C-n C-d; C-Home M-< and M-> go to the ends; C-k cuts a line, C-u puts cut lines
  /// back; C-w erases a word; M-q or C-j fills the paragraph; M-u undoes.
  bool press(const Key& key);
  void insert(std::string_view text);

  std::string text() const;
  /// The cursor as line and octet in it.
  struct Place {
    std::size_t line = 0, at = 0;
    bool operator==(const Place&) const = default;
  };
  Place place() const { return cursor_; }
  void go_to(Place place);

  /// Scrolls so that the cursor is seen, and remembers the size for Up, Down and pages. Where the
  /// cursor is.
  Position paint(Canvas& canvas, Area area);

 private:
  struct Row {
    std::size_t line, begin, end;
  };
  enum class Edit { kNone, kTyping, kErasing, kOther };

  bool move(const std::string& key);
  bool edit(const std::string& key);
  void move_rows(int by);
  void left();
  void right();
  void word_left();
  void word_right();
  void backspace();
  void erase_forward();
  void erase_word();
  void new_line();
  void break_long_line();
  void cut_line();
  void put_back();
  void fill_paragraph();
  void remember(Edit edit);
  void undo();
  std::vector<Row> rows() const;
  std::size_t row_of(const std::vector<Row>& rows) const;
  std::string& line() { return lines_[cursor_.line]; }

  struct Snapshot {
    std::vector<std::string> lines;
    Place cursor;
  };

  std::vector<std::string> lines_;
  Place cursor_;
  std::vector<Snapshot> past_;
  Edit last_edit_ = Edit::kNone;
  std::string cut_;
  bool cutting_ = false;  ///< the last key cut too: the next line joins it
  int wanted_column_ = -1;
  int width_ = 80, height_ = 20;
  std::size_t top_ = 0;
};

}  // namespace mua::screen

// The screen on which a mail is written: header fields with completion of addresses, attachments,
// the text in the built-in editor. It knows nothing of sending or saving. Pure, but for the people
// that `complete` finds.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "mua/screen/editor.hpp"
#include "mua/screen/letter.hpp"
#include "mua/screen/line_edit.hpp"

namespace mua::screen {

class Composer {
 public:
  using Complete = std::function<std::vector<sync::Person>(std::string_view typed)>;

  Composer(Letter letter, std::string from, Complete complete);

  /// False: the key means nothing here. In fields Tab takes the completion that is shown, else goes
  /// on; Enter, Up and Down go from field to field.
  bool press(const Key& key);
  void paste(std::string_view text);

  /// As it is now.
  Letter letter() const;
  void set_text(std::string_view text);
  void enclose(Enclosure enclosure);
  void remove_enclosure(std::size_t index);
  /// Puts the cursor into the text, or on To when nobody is to get it.
  void focus();

  void paint(Canvas& canvas, Area area);

 private:
  static constexpr std::size_t kFields = 4;  // To, Cc, Bcc, Subject
  static constexpr std::size_t kText = kFields;

  bool press_in_field(const Key& key);
  void find_completions();
  void take_completion();
  bool is_address_field() const { return at_ < 3; }
  void paint_completions(Canvas& canvas, Area area) const;

  Letter letter_;  ///< what is not being edited
  std::string from_;
  Complete complete_;
  std::array<LineEdit, kFields> fields_;
  Editor editor_;
  std::size_t at_ = 0;
  std::vector<sync::Person> completions_;
  std::size_t completion_ = 0;
  Position field_cursor_;
};

}  // namespace mua::screen

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

/// Whom a letter can be from.
struct Sender {
  std::string typed;      ///< "Alice <alice@example.test>"
  std::string signature;  ///< without "-- "; "" for none
  bool operator==(const Sender&) const = default;
};

class Composer {
 public:
  using Complete = std::function<std::vector<sync::Person>(std::string_view typed)>;

  /// `senders`: at least one. Of several the From field chooses; the signature goes with it.
  Composer(Letter letter, std::vector<Sender> senders, Complete complete);

  /// False: the key means nothing here. In fields Tab takes the completion that is shown, else goes
  /// on; Enter, Up and Down go from field to field.
  bool press(const Key& key);
  void paste(std::string_view text);

  /// As it is now.
  Letter letter() const;
  void set_text(std::string_view text);
  void enclose(Enclosure enclosure);
  void remove_enclosure(std::size_t index);
  /// Whether it is to be signed and encrypted.
  void seal(bool sign, bool encrypt);
  /// What it is called in the server's Drafts.
  void name_draft(const std::string& message_id) { letter_.message_id = message_id; }
  /// Puts the cursor into the text, or on To when nobody is to get it.
  void focus();

  void paint(Canvas& canvas, Area area);

 private:
  static constexpr std::size_t kFields = 5;  // From, To, Cc, Bcc, Subject
  static constexpr std::size_t kFrom = 0, kTo = 1, kSubject = 4, kText = kFields;

  bool press_in_field(const Key& key);
  void find_completions();
  void find_senders(std::string_view typed);
  void take_completion();
  void take_sender(const std::string& typed);
  void swap_signature(const std::string& now);
  bool is_address_field() const { return at_ < kSubject; }
  std::size_t first_field() const { return senders_.size() > 1 ? kFrom : kTo; }
  void paint_completions(Canvas& canvas, Area area) const;

  Letter letter_;  ///< what is not being edited
  std::vector<Sender> senders_;
  std::string signature_;  ///< what stands below the text now
  Complete complete_;
  std::array<LineEdit, kFields> fields_;
  Editor editor_;
  std::size_t at_ = 0;
  std::vector<std::string> completions_;  ///< as they are typed
  std::size_t completion_ = 0;
  Position field_cursor_;
};

}  // namespace mua::screen

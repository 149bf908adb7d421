// One line of text being typed, with a cursor: the prompt, a header field, the filter of a popup.
// Pure.
#pragma once

#include <cstddef>
#include <string>

#include "mua/screen/canvas.hpp"
#include "mua/screen/event.hpp"

namespace mua::screen {

class LineEdit {
 public:
  LineEdit() = default;
  explicit LineEdit(std::string text) : text_(std::move(text)), cursor_(text_.size()) {}

  /// False: the key means nothing here. Left Right Home End Backspace Delete, C-a C-e C-b C-f C-d
  /// C-k C-u C-w, and whatever types text.
  bool press(const Key& key);
  /// Line ends become blanks.
  void insert(std::string_view text);

  const std::string& text() const { return text_; }
  std::size_t cursor() const { return cursor_; }
  void set(std::string text);

  /// Paints it scrolled so that the cursor is seen; where the cursor is.
  Position paint(Canvas& canvas, Area area, Style style) const;

 private:
  std::size_t before() const;
  std::size_t after() const;
  std::size_t word_before() const;
  void erase(std::size_t begin, std::size_t end);

  std::string text_;
  std::size_t cursor_ = 0;  ///< octets before it
};

/// The place before the glyph that ends at `at`, and after the one that begins there.
std::size_t glyph_before(std::string_view text, std::size_t at);
std::size_t glyph_after(std::string_view text, std::size_t at);

}  // namespace mua::screen

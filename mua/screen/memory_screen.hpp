// A screen in memory: keys are put in by name, and the last picture is read as text.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "mua/screen/screen.hpp"

namespace mua::screen {

class MemoryScreen : public Screen {
 public:
  explicit MemoryScreen(Size size) : size_(size), shown_(size) {}

  Size size() const override { return size_; }
  void show(const Canvas& picture) override;
  std::optional<Event> next_event() override;
  void leave() override { ++left; }
  void enter() override {}
  void ring() override { ++rung; }
  void notify(const std::string& title, const std::string& body) override {
    notes.push_back(title + "|" + body);
  }
  void set_theme(const Theme& chosen) override { theme = chosen.name; }

  /// Names of keys with blanks between them: "j j Enter C-p".
  void press(std::string_view keys);
  /// Each character a key.
  void type(std::string_view text);
  void put(Event event) { events_.push_back(std::move(event)); }
  void resize(Size size);

  std::string text() const { return text_of(shown_); }
  const Canvas& shown() const { return shown_; }

  int left = 0;  ///< how often the terminal was given away
  int rung = 0;
  std::vector<std::string> notes;  ///< "TITLE|BODY"
  std::string theme;

 private:
  Size size_;
  Canvas shown_;
  std::deque<Event> events_;
};

}  // namespace mua::screen

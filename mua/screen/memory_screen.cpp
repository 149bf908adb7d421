#include "mua/screen/memory_screen.hpp"

#include <sstream>

namespace mua::screen {

void MemoryScreen::show(const Canvas& picture) { shown_ = picture; }

std::optional<Event> MemoryScreen::next_event() {
  if (events_.empty()) return std::nullopt;
  Event event = std::move(events_.front());
  events_.pop_front();
  return event;
}

void MemoryScreen::press(std::string_view keys) {
  std::istringstream names{std::string(keys)};
  for (std::string name; names >> name;) events_.push_back(Key{name});
}

void MemoryScreen::type(std::string_view text) {
  for (const Glyph& glyph : glyphs(text)) {
    events_.push_back(Key{glyph.text == " " ? "Space" : glyph.text});
  }
}

void MemoryScreen::resize(Size size) {
  size_ = size;
  events_.push_back(Resized{});
}

}  // namespace mua::screen

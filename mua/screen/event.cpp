#include "mua/screen/event.hpp"

namespace mua::screen {

std::string typed(const Key& key) {
  if (key.name == "Space") return " ";
  const bool is_ascii = static_cast<unsigned char>(key.name.front()) < 0x80;
  return !is_ascii || key.name.size() == 1 ? key.name : "";
}

}  // namespace mua::screen

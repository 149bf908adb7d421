#include "mua/screen/aside.hpp"

#include <exception>
#include <string>

#include "mua/screen/client.hpp"

namespace mua::screen {

Aside::After carry_out(const Aside::Work& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    return [why = std::string(error.what())](Client& client) { client.alert(why); };
  }
}

}  // namespace mua::screen

#include "mua/screen/aside.hpp"

#include <exception>
#include <string>

#include "mua/screen/client.hpp"

namespace mua::screen {

Aside::After carry_out(const Aside::Work& work) {
  try {
    return work();
  } catch (const Failure& failure) {
    const std::string advice = failure.advice.empty() ? "" : ". " + failure.advice;
    return [why = failure.what() + advice](Client& client) { client.alert(why); };
  } catch (const std::exception& error) {
    return [why = std::string(error.what())](Client& client) { client.alert(why); };
  }
}

}  // namespace mua::screen

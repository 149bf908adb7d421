// libFuzzer's way in; FUZZ_TARGET names the function of targets.hpp that this program runs.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::FUZZ_TARGET({reinterpret_cast<const char*>(octets), size});
  return 0;
}

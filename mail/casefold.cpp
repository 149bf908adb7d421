#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/searchable.hpp"

namespace mail {
namespace {

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

// A run that utf8proc folds: it allocates four octets a character, so runs are bounded.
void append_folded(std::string& folded, std::string_view run) {
  constexpr auto kOptions = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  utf8proc_uint8_t* result = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(run.data()),
                                   static_cast<utf8proc_ssize_t>(run.size()), &result, kOptions);
  const std::unique_ptr<utf8proc_uint8_t, Free> owned(result);
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return append_folded(folded, repair_utf8(run));
  folded.append(reinterpret_cast<const char*>(result), static_cast<std::size_t>(length));
}

}  // namespace

// ASCII is folded octet by octet. A run of other characters takes the ASCII character before it
// along, because it may begin with marks that compose with that.
std::string casefold(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  const auto end = utf8.end();
  for (auto at = utf8.begin(); at != end;) {
    const auto odd = std::find_if(at, end, is_8bit);
    const auto base = odd == end || odd == at ? odd : odd - 1;
    std::transform(at, base, std::back_inserter(folded), [](char c) { return ascii_lower(c); });
    at = std::find_if_not(odd, end, is_8bit);
    if (base != at) append_folded(folded, std::string_view(base, at));
  }
  return folded;
}

}  // namespace mail

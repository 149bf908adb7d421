#include "mail/base_subject.hpp"

#include "mail/ascii.hpp"

namespace mail {
namespace {

constexpr std::string_view kForwarded = "(fwd)";
constexpr std::string_view kForwardHead = "[fwd:";

std::string with_single_blanks(std::string_view text) {
  std::string single;
  single.reserve(text.size());
  for (const char c : text) {
    if (!is_space(c))
      single += c;
    else if (single.empty() || single.back() != ' ')
      single += ' ';
  }
  return single;
}

bool starts_ignoring_case(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         same_ignoring_case(text.substr(0, lower_case.size()), lower_case);
}

bool ends_ignoring_case(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         same_ignoring_case(text.substr(text.size() - lower_case.size()), lower_case);
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

// subj-blob = "[" *BLOBCHAR "]" *WSP            BLOBCHAR: neither bracket
/// Where it ends; `at` when there is none.
std::size_t skip_blob(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '[') return at;
  const std::size_t end = text.find_first_of("[]", at + 1);
  if (end == std::string_view::npos || text[end] == '[') return at;
  return skip_blanks(text, end + 1);
}

// subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"
/// Where it ends; `at` when there is none.
std::size_t skip_refwd(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  std::size_t end = at;
  if (starts_ignoring_case(rest, "fwd"))
    end += 3;
  else if (starts_ignoring_case(rest, "re") || starts_ignoring_case(rest, "fw"))
    end += 2;
  else
    return at;
  end = skip_blob(text, skip_blanks(text, end));
  return end < text.size() && text[end] == ':' ? end + 1 : at;
}

/// One subject and what stands around it, taken off step by step.
class Stripper {
 public:
  explicit Stripper(std::string_view text) : rest_(text) {}

  BaseSubject run() {
    do {
      take_trailers();
      take_leaders();
    } while (take_forward());
    return {std::string(rest_), is_reply_};
  }

 private:
  // subj-trailer = "(fwd)" / WSP                                                        (step 2)
  void take_trailers() {
    for (;;) {
      while (rest_.ends_with(' ')) rest_.remove_suffix(1);
      if (!ends_ignoring_case(rest_, kForwarded)) return;
      rest_.remove_suffix(kForwarded.size());
      is_reply_ = true;
    }
  }

  // subj-leader = (*subj-blob subj-refwd) / WSP                               (steps 3, 4 and 5)
  // Blobs before a refwd go with it; others go one by one, but not the last thing there is. Where
  // they end is looked for once, so that a subject of nothing but blobs takes no square of time.
  void take_leaders() {
    for (;;) {
      rest_.remove_prefix(skip_blanks(rest_, 0));
      std::size_t blobs = 0, last = 0;
      for (std::size_t next = 0; (next = skip_blob(rest_, blobs)) != blobs; blobs = next)
        last = blobs;
      const std::size_t end = skip_refwd(rest_, blobs);
      if (end == blobs) return rest_.remove_prefix(blobs == rest_.size() ? last : blobs);
      rest_.remove_prefix(end);
      is_reply_ = true;
    }
  }

  // subj-fwd = subj-fwd-hdr subject subj-fwd-trl        "[fwd:" ... "]"               (step 6)
  bool take_forward() {
    if (!starts_ignoring_case(rest_, kForwardHead) || !rest_.ends_with(']')) return false;
    rest_.remove_prefix(kForwardHead.size());
    rest_.remove_suffix(1);
    return is_reply_ = true;
  }

  std::string_view rest_;
  bool is_reply_ = false;
};

}  // namespace

BaseSubject base_subject(std::string_view decoded) {
  const std::string text = with_single_blanks(decoded);
  return Stripper(text).run();
}

}  // namespace mail

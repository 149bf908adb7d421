#include "imapd/progress_notice.hpp"

#include <fmt/format.h>

#include <utility>

namespace imapd {

void ProgressNotice::begin(std::string tag, Clock::time_point now) {
  tag_ = std::move(tag);
  last_ = now;
}

std::string ProgressNotice::due(const mailstore::Progress& progress, Clock::time_point now) {
  if (progress.done || now - last_ < interval_) return "";
  last_ = now;
  return render_progress(tag_, progress);
}

// inprogress = "INPROGRESS" SP "(" (quoted / nil) SP (nil SP nil / number SP nil / number SP
//              nz-number) ")"      a tag with "]" would end the code, and the goal is never reached
std::string render_progress(const std::string& tag, const mailstore::Progress& progress) {
  bool sayable = !tag.empty() && tag.find(']') == std::string::npos;
  auto goal = progress.goal > progress.made ? std::to_string(progress.goal) : "NIL";
  auto state = progress.goal == 0 && progress.made == 0 ? std::string("NIL NIL")
                                                        : fmt::format("{} {}", progress.made, goal);
  return fmt::format("* OK [INPROGRESS ({} {})] Still at it\r\n", sayable ? '"' + tag + '"' : "NIL",
                     state);
}

}  // namespace imapd

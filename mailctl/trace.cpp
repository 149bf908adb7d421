// mailctl trace
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <functional>

#include "conf/quantity.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/phrases.hpp"
#include "mailctl/trace_words.hpp"

namespace mailctl {
namespace {

constexpr std::size_t kUsualLimit = 20;

}  // namespace

void trace(const Options& options) {
  const auto settings = load_settings(options);
  const mailstore::QueueControl queue(settings.data);
  const mailstore::HistoryReader history(settings.data);
  const std::string& key = options.queue.names.front();
  const std::size_t most = options.queue.limit > 0 ? options.queue.limit : kUsualLimit;
  std::vector<Story> stories;
  for (const std::string& name : find_messages(key, most, queue, history))
    if (auto story = tell_story(name, queue, history)) stories.push_back(std::move(*story));
  if (stories.empty())
    throw Failure(
        ExitCode::kNotFound, fmt::format("nothing is known of {}", printable(key)),
        fmt::format("give a queue id, a Message-ID or an address; steps are there after a "
                    "second and kept for {} ([history] keep)",
                    conf::format_duration(settings.history.keep)));
  std::ranges::stable_sort(stories, std::greater(), &Story::latest);
  std::vector<Row> rows;
  for (const Story& story : stories) rows.push_back(row_of(story));
  if (options.format == Format::kText && stories.size() == 1)
    return print_outcome(options.format, {}, page_of(stories.front(), std::time(nullptr)));
  print_list(options.format, kStoryTitles, rows, "");
  if (options.format == Format::kText)
    print_outcome(options.format, {}, "\n`mailctl trace QUEUE-ID` shows each step.");
}

}  // namespace mailctl

#include "mailctl/trace_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "mailctl/phrases.hpp"
#include "mailctl/queue_words.hpp"
#include "mailstore/queue_moves.hpp"

namespace mailctl {
namespace {

using mailstore::Event;
using mailstore::Step;

// A screen has some 40 lines, a step one or two of them.
constexpr std::size_t kFirstSteps = 6, kLastSteps = 12;
constexpr std::size_t kMostPlaces = 10;
constexpr std::size_t kIndent = 23;

bool is_attempt(const Step& step) {
  return step.event == Event::kDelivered || step.event == Event::kDeferred ||
         step.event == Event::kFailed;
}

std::string security(const Step& step) {
  return step.tls.empty() ? "plain text" : printable(step.tls);
}

/// Who was at the other end, and how it was reached.
std::string other_side(const Step& step) {
  if (step.event == Event::kAccepted)
    return step.host.empty() ? "written here"
                             : "from " + printable(step.host) + ", " + security(step);
  if (!is_attempt(step)) return "";
  if (!step.host.empty()) return "at " + printable(step.host) + ", " + security(step);
  return step.event == Event::kDelivered ? "into the mailbox" : "here";
}

std::string joined(std::initializer_list<std::string> words) {
  std::string line;
  for (const std::string& word : words)
    if (!word.empty()) line.append(line.empty() ? "" : " ").append(word);
  return line;
}

bool repeats(const Step& a, const Step& b) {
  return a.event == b.event && a.recipient == b.recipient && a.original == b.original &&
         a.host == b.host && a.tls == b.tls && a.reply == b.reply;
}

struct Run {
  const Step* first;
  const Step* last;
  std::size_t times = 1;
};

/// A step and its repetitions, whatever happened to other recipients in between.
std::vector<Run> runs_of(const std::vector<Step>& steps) {
  std::vector<Run> runs;
  std::map<std::pair<std::string, std::string>, std::size_t> latest;  // a recipient's run
  for (const Step& step : steps) {
    const auto [at, fresh] = latest.try_emplace({step.recipient, step.original}, runs.size());
    if (!fresh && repeats(*runs[at->second].last, step)) {
      runs[at->second].last = &step;
      ++runs[at->second].times;
      continue;
    }
    at->second = runs.size();
    runs.push_back({&step, &step});
  }
  return runs;
}

std::string lines_of(const Run& run) {
  const Step& step = *run.first;
  std::string text =
      fmt::format("\n  {}  {}", local_time(step.time / 1000),
                  joined({std::string(describe(step.event)), printable(step.recipient),
                          other_side(step), is_attempt(step) ? "" : printable(step.reply)}));
  if (is_attempt(step) && !step.reply.empty())
    text += fmt::format("\n{:{}}{}", "", kIndent, printable(step.reply));
  if (run.times > 1)
    text += fmt::format("\n{:{}}{} times, the last one {}", "", kIndent, run.times,
                        local_time(run.last->time / 1000));
  return text;
}

std::string place_line(const Place& place, std::int64_t now) {
  std::string text = printable(place.recipient);
  if (!place.original.empty()) text += fmt::format(" (as {})", printable(place.original));
  const bool done = place.queued && mailstore::is_final(place.queued->state);
  if (place.queued && !done) return text + ": " + standing(*place.queued, now);
  if (place.state == "unknown") return text + ": left the queue; how is not in the history";
  text += ": " + place.state;
  return place.last ? text + " " + other_side(*place.last) : text;
}

std::string places_of(const Story& story, std::int64_t now) {
  std::string text;
  for (std::size_t i = 0; i < std::min(story.places.size(), kMostPlaces); ++i)
    text += fmt::format("\n{:<12}{}", i == 0 ? "now" : "", place_line(story.places[i], now));
  if (story.places.size() > kMostPlaces)
    text += fmt::format("\n{:<12}and {} more", "", story.places.size() - kMostPlaces);
  if (story.places.empty()) text += "\nnow         left the queue; how is not in the history";
  return text;
}

/// "delivered", or "2 delivered, 1 deferred".
std::string states_of(const Story& story) {
  std::map<std::string, std::size_t> states;
  for (const Place& place : story.places) ++states[place.state];
  if (states.size() == 1) return states.begin()->first;
  std::string text;
  for (const auto& [state, number] : states)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, state);
  return text;
}

std::string recipients_of(const Story& story) {
  if (story.places.empty()) return "";
  const std::string first = printable(story.places.front().recipient);
  const std::size_t more = story.places.size() - 1;
  return more == 0 ? first : fmt::format("{} and {} more", first, more);
}

boost::json::object object_of(const Place& place) {
  boost::json::object object{{"recipient", printable(place.recipient)},
                             {"original", printable(place.original)},
                             {"state", place.state},
                             {"next_attempt", nullptr},
                             {"last_reply", printable(place.reply)}};
  if (place.queued) object["next_attempt"] = mailctl::object_of(*place.queued).at("next_attempt");
  return object;
}

/// "2026-11-21T10:00:00.123Z"
std::string exact_time(std::int64_t milliseconds) {
  std::string time = shown_time(milliseconds / 1000);
  time.pop_back();
  return fmt::format("{}.{:03}Z", time, milliseconds % 1000);
}

boost::json::object object_of(const Step& step) {
  return {{"time", exact_time(step.time)},          {"event", describe(step.event)},
          {"recipient", printable(step.recipient)}, {"original", printable(step.original)},
          {"host", printable(step.host)},           {"tls", printable(step.tls)},
          {"reply", printable(step.reply)}};
}

}  // namespace

const std::vector<std::string> kStoryTitles{"LAST STEP", "QUEUE ID", "FROM", "TO", "NOW"};

boost::json::object object_of(const Story& story) {
  boost::json::array recipients, steps;
  for (const Place& place : story.places) recipients.push_back(object_of(place));
  for (const Step& step : story.steps) steps.push_back(object_of(step));
  return {{"name", story.name},
          {"message_id", printable(story.message_id)},
          {"sender", printable(story.sender)},
          {"in_queue", story.in_queue},
          {"recipients", std::move(recipients)},
          {"steps", std::move(steps)}};
}

std::string page_of(const Story& story, std::int64_t now) {
  std::string page = fmt::format("queue id    {}", story.name);
  if (!story.message_id.empty())
    page += fmt::format("\nMessage-ID  {}", printable(story.message_id));
  page += fmt::format("\nfrom        {}{}\n", printable(story.sender), places_of(story, now));
  const std::vector<Run> runs = runs_of(story.steps);
  const bool fits = runs.size() <= kFirstSteps + kLastSteps;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!fits && i == kFirstSteps) {
      i = runs.size() - kLastSteps;
      page += fmt::format("\n  {} more steps; --json has them all", i - kFirstSteps);
    }
    page += lines_of(runs[i]);
  }
  if (runs.empty()) page += "\n  The history has no step of it.";
  return page;
}

Row row_of(const Story& story) {
  return {object_of(story),
          {local_time(story.latest), story.name, printable(story.sender), recipients_of(story),
           states_of(story)}};
}

}  // namespace mailctl

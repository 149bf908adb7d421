#include "mailctl/trace_story.hpp"

#include <algorithm>

#include "mailctl/phrases.hpp"

namespace mailctl {
namespace {

using mailstore::Event;
using mailstore::HistoryReader;
using mailstore::QueueControl;
using mailstore::QueueFilter;
using mailstore::Step;

bool is_end(Event event) {
  return event == Event::kDelivered || event == Event::kFailed || event == Event::kRemoved;
}

bool is_attempt(Event event) {
  return event == Event::kDelivered || event == Event::kFailed || event == Event::kDeferred;
}

Place& place_for(std::vector<Place>& places, const std::string& recipient,
                 const std::string& original) {
  const auto found = std::ranges::find_if(places, [&](const Place& place) {
    return place.recipient == recipient && place.original == original;
  });
  if (found != places.end()) return *found;
  places.push_back({recipient, original, "unknown", "", {}, {}});
  return places.back();
}

void place_by_steps(Story& story) {
  for (const Step& step : story.steps) {
    if (step.recipient.empty()) continue;
    Place& place = place_for(story.places, step.recipient, step.original);
    if (is_attempt(step.event)) {
      place.reply = step.reply;
      place.last = step;
    }
    if (is_end(step.event)) place.state = describe(step.event);
  }
}

// The queue knows better than the history, which may lag by a second.
void place_by_queue(Story& story, const mailstore::QueuedMessage& message) {
  for (const auto& recipient : message.recipients) {
    const std::string address = recipient.address.to_string();
    Place& place =
        place_for(story.places, address, recipient.original == address ? "" : recipient.original);
    place.state = describe(stage_of(recipient));
    place.queued = recipient;
    if (!recipient.last_reply.empty()) place.reply = recipient.last_reply;
  }
}

void add_new(std::vector<std::string>& names, std::string name) {
  if (!std::ranges::count(names, name)) names.push_back(std::move(name));
}

/// Those of the queue that the history does not know, newest first.
void add_queued(std::vector<std::string>& names, const QueueFilter& filter,
                const QueueControl& queue) {
  const auto found = queue.find(filter, 0);
  for (auto message = found.rbegin(); message != found.rend(); ++message)
    add_new(names, message->name);
}

std::string with_brackets(const std::string& message_id) {
  return message_id.starts_with('<') ? message_id : "<" + message_id + ">";
}

std::string without_brackets(const std::string& address) {
  const bool bracketed = address.size() > 2 && address.front() == '<' && address.back() == '>';
  return bracketed ? address.substr(1, address.size() - 2) : address;
}

std::vector<std::string> by_message_id(const std::string& key, std::size_t most,
                                       const QueueControl& queue, const HistoryReader& history) {
  std::vector<std::string> names = history.with_message_id(key, most);
  QueueFilter filter;
  filter.message_id = with_brackets(key);
  add_queued(names, filter, queue);
  return names;
}

std::vector<std::string> by_address(const std::string& key, std::size_t most,
                                    const QueueControl& queue, const HistoryReader& history) {
  const std::string address = without_brackets(key);
  const auto pattern = mailstore::AddressPattern::parse(address);
  if (!pattern) return {};
  std::vector<std::string> names = history.of_address(address, most);
  QueueFilter sent, received;
  sent.sender = received.recipient = pattern;
  add_queued(names, sent, queue);
  add_queued(names, received, queue);
  return names;
}

}  // namespace

std::optional<Story> tell_story(const std::string& name, const QueueControl& queue,
                                const HistoryReader& history) {
  Story story;
  story.name = name;
  const auto id = queue.find_id(name);
  const auto message = id ? queue.find(*id) : std::nullopt;
  story.steps = history.steps(name);
  if (!message && story.steps.empty()) return std::nullopt;
  if (!story.steps.empty()) {
    story.message_id = story.steps.front().message_id;
    const std::string& sender = story.steps.front().sender;
    story.sender = sender.empty() ? "<>" : sender;
    story.latest = story.steps.back().time / 1000;
  }
  place_by_steps(story);
  if (message) {
    story.in_queue = true;
    story.message_id = message->message_id;
    story.sender = address_text(message->sender);
    story.latest = std::max(story.latest, message->received_at);
    place_by_queue(story, *message);
  }
  return story;
}

std::vector<std::string> find_messages(const std::string& key, std::size_t most,
                                       const QueueControl& queue, const HistoryReader& history) {
  if (const auto id = queue.find_id(key)) return {queue.name_of(*id)};
  if (!history.steps(key).empty()) return {key};
  std::vector<std::string> names = by_message_id(key, most, queue, history);
  if (names.empty()) names = by_address(key, most, queue, history);
  if (names.size() > most) names.resize(most);
  return names;
}

}  // namespace mailctl

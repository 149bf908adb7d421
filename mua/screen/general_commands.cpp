#include "mua/screen/general_commands.hpp"

#include <fmt/format.h>

#include "mua/screen/client.hpp"
#include "mua/screen/commands.hpp"
#include "mua/screen/completion.hpp"
#include "mua/screen/letter_commands.hpp"
#include "mua/screen/list_commands.hpp"
#include "mua/screen/signals.hpp"
#include "mua/sync/actions.hpp"

namespace mua::screen {

namespace {

/// All commands of the place with their keys.
std::vector<Choice> choices(const Client& client) {
  std::vector<Choice> out;
  const Place place = client.place();
  for (const Command& command : commands()) {
    if ((command.places & place) == 0) continue;
    const std::string keys = keys_of(client.world.keys, place, command.name);
    out.push_back({fmt::format("{:<12} {}", keys, command.name), std::string(command.help),
                   std::string(command.name)});
  }
  return out;
}

void run_chosen(Client& client, const Picker& picker) {
  if (const Choice* chosen = picker.chosen()) client.command(chosen->value);
}

std::size_t waiting(const Client& client) {
  std::size_t count = 0;
  for (const sync::Entry& entry : client.outbox)
    count += entry.state == sync::EntryState::kWaiting ? 1 : 0;
  return count;
}

void ask_about_outbox(Client& client) {
  Prompt prompt;
  prompt.label = fmt::format("{} to send: s sends now and leaves, l leaves it for the next start: ",
                             client.outbox.size());
  prompt.answers = "sl";
  prompt.done = [&client](const std::string& answer) {
    if (answer == "l") return client.end();
    for (const sync::Entry& entry : client.outbox) {
      if (entry.state != sync::EntryState::kWaiting) continue;
      sync::Actions(client.store_of(entry.id)).send_now(entry.id, client.now());
    }
    client.leaving = true;
    client.acted();
    client.say("sending, then leaving; q again leaves at once");
  };
  client.ask(std::move(prompt));
}

}  // namespace

void refresh(Client& client, const std::string&) {
  client.world.wire.reconnect();
  client.world.wire.refresh();
  client.say("looking at the server…");
}

void show_commands(Client& client, const std::string&) {
  client.choose(Picker("Commands", choices(client)), run_chosen);
}

void help(Client& client, const std::string&) {
  client.choose(Picker("Keys and commands: type to search, Enter runs", choices(client)),
                run_chosen);
}

void type_command(Client& client, const std::string&) {
  Prompt prompt;
  prompt.label = ":";
  prompt.done = [&client](const std::string& line) {
    if (!line.empty()) client.command(line);
  };
  prompt.complete = [&client](const std::string& typed) { return complete_line(client, typed); };
  prompt.hint = [&client](const std::string& typed) { return line_hint(client, typed); };
  client.ask(std::move(prompt));
}

void choose_theme(Client& client, const std::string& name) {
  const auto& themes = client.world.themes.empty() ? built_in_themes() : client.world.themes;
  if (!name.empty()) {
    const Theme* theme = find_theme(themes, name);
    if (!theme) return client.alert("there is no theme \"" + name + "\"");
    return client.world.screen.set_theme(*theme);
  }
  std::vector<Choice> choices;
  for (const Theme& theme : themes) choices.push_back({theme.name, "", theme.name});
  client.choose(Picker("Theme", std::move(choices)), [](Client& c, const Picker& picker) {
    if (const Choice* chosen = picker.chosen()) choose_theme(c, chosen->value);
  });
}

void redraw(Client& client, const std::string&) {
  client.world.screen.leave();
  client.world.screen.enter();
}

void suspend(Client& client, const std::string&) {
  client.save_draft();
  client.world.screen.leave();
  stop_process();
  client.world.screen.enter();
}

void quit(Client& client, const std::string&) {
  if (client.writing) return close_letter(client, "");
  if (client.reader || client.list.query()) return back(client, "");
  if (client.leaving || waiting(client) == 0) return client.end();
  ask_about_outbox(client);
}

}  // namespace mua::screen

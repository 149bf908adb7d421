#include "mua/screen/find_commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mua/query.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/completion.hpp"
#include "mua/screen/folder_choice.hpp"
#include "mua/screen/list_commands.hpp"

namespace mua::screen {

namespace {

// Fewer letters find everything.
constexpr int kSearchFrom = 3;

/// The next place in what is read; of a text that isn't here yet once it is.
void find_next(Client& client) {
  const std::string& text = client.last_found;
  if (!client.reader->complete() && !text.empty())
    return client.once_read(client.reader->id(), "next-match");
  if (!client.reader->find(text)) client.say("not found: " + text);
}

void find_in_text(Client& client) {
  Prompt prompt;
  prompt.label = "find in this message: ";
  prompt.done = [&client](const std::string& text) {
    client.last_found = text;
    if (client.reader) find_next(client);
  };
  client.ask(std::move(prompt));
}

void finish_search(Client& client, const std::string& text, Scope scope) {
  if (text.empty())
    client.list.leave_results();
  else
    client.search(text, scope);
}

bool is_shown(const Client& client, const std::string& text, Scope scope) {
  return client.list.query() == text && client.list.scope() == scope;
}

/// Searches while one types; Tab on nothing, or after a blank, turns to all folders and back.
void ask_for_search(Client& client, Scope scope, const std::string& begun = "") {
  const bool everywhere = scope == Scope::kEverywhere;
  Prompt prompt;
  prompt.label = everywhere ? "all folders /" : "/";
  prompt.line = LineEdit(begun);
  prompt.hint = [everywhere](const std::string& text) {
    const std::string patterns = pattern_hint(text);
    return patterns.empty() ? std::string(everywhere ? "Tab: this folder" : "Tab: all folders")
                            : patterns;
  };
  prompt.changed = [&client, scope](const std::string& text) {
    // Half a pattern such as "after:2" is no mistake while it is typed.
    if (columns(text) >= kSearchFrom && parse_query(text)) client.search(text, scope);
  };
  prompt.complete = [&client, everywhere](const std::string& text) -> std::optional<std::string> {
    const auto more = complete_pattern(text);
    if (more && *more != text) return more;
    ask_for_search(client, everywhere ? Scope::kFolder : Scope::kEverywhere, text);
    if (columns(text) >= kSearchFrom && parse_query(text)) {
      client.search(text, everywhere ? Scope::kFolder : Scope::kEverywhere);
    }
    return std::nullopt;
  };
  prompt.done = [&client, scope](const std::string& text) {
    if (!is_shown(client, text, scope)) finish_search(client, text, scope);
  };
  prompt.left = [&client] { client.list.leave_results(); };
  client.ask(std::move(prompt));
}

void keep(Client& client, const SavedSearch& search) {
  try {
    if (client.world.keep_search) client.world.keep_search(search);
  } catch (const std::exception& error) {
    return client.alert(fmt::format("it could not be saved: {}", error.what()));
  }
  auto& all = client.world.saved_searches;
  std::erase_if(all, [&](const SavedSearch& one) { return one.name == search.name; });
  all.push_back(search);
  client.search_counts.changed();
  client.say(fmt::format("saved as \"{}\"; it stands among the folders", search.name));
}

const SavedSearch* find_saved(const Client& client, const std::string& name) {
  const auto& all = client.world.saved_searches;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

void forget(Client& client, const std::string& name) {
  if (!find_saved(client, name)) return client.alert("no saved search is called \"" + name + "\"");
  try {
    if (client.world.forget_search) client.world.forget_search(name);
  } catch (const std::exception& error) {
    return client.alert(fmt::format("it could not be removed: {}", error.what()));
  }
  std::erase_if(client.world.saved_searches, [&](const auto& one) { return one.name == name; });
  client.say(fmt::format("\"{}\" is no saved search any more", name));
}

}  // namespace

void search(Client& client, const std::string& query) {
  if (client.reader && query.empty()) return find_in_text(client);
  if (!query.empty()) return client.search(query);
  ask_for_search(client, Scope::kFolder);
}

void search_all(Client& client, const std::string& query) {
  client.close_reader();
  if (!query.empty()) return client.search(query, Scope::kEverywhere);
  ask_for_search(client, Scope::kEverywhere);
}

void limit(Client& client, const std::string& query) {
  client.close_reader();
  if (!query.empty()) return client.search(query);
  const Scope scope = client.list.query() ? client.list.scope() : Scope::kFolder;
  Prompt prompt;
  prompt.label = "show only: ";
  prompt.line = LineEdit(client.list.query().value_or(""));
  prompt.hint = pattern_hint;
  prompt.complete = complete_pattern;
  prompt.done = [&client, scope](const std::string& text) { finish_search(client, text, scope); };
  client.ask(std::move(prompt));
}

void next_match(Client& client, const std::string&) {
  if (client.reader && !client.last_found.empty()) return find_next(client);
  if (client.list.query()) {
    next(client, "");
  } else if (!client.last_search.empty()) {
    client.search(client.last_search);
  } else {
    client.say("nothing was searched yet: / does");
  }
}

void mark(Client& client, const std::string& query) {
  if (!query.empty()) return client.mark_matching(query);
  client.list.toggle_mark();
  if (!client.reader) client.list.move(1);
}

void unmark(Client& client, const std::string&) { client.list.clear_marks(); }

void mark_all(Client& client, const std::string&) {
  if (client.list.marked().empty())
    client.list.mark_all();
  else
    client.list.clear_marks();
}

void folder(Client& client, const std::string& name) { choose_place(client, name); }

void save_search(Client& client, const std::string& name) {
  if (!client.list.query()) return client.say("nothing is searched: / does, then this keeps it");
  SavedSearch search{name, *client.list.query(), ""};
  const sync::Folder* folder = client.shown_folder();
  if (client.list.scope() == Scope::kFolder && folder) search.folder = folder->name;
  if (!name.empty()) return keep(client, search);
  Prompt prompt;
  prompt.label = "save this search as: ";
  prompt.line = LineEdit(search.query);
  prompt.done = [&client, search](const std::string& typed) mutable {
    if (typed.empty()) return;
    search.name = typed;
    keep(client, search);
  };
  client.ask(std::move(prompt));
}

void forget_search(Client& client, const std::string& name) {
  if (!name.empty()) return forget(client, name);
  std::vector<Choice> choices;
  for (const SavedSearch& search : client.world.saved_searches) {
    choices.push_back({search.name, search.query, search.name});
  }
  if (choices.empty()) return client.say("no search is saved");
  client.choose(Picker("Forget a saved search", std::move(choices)),
                [](Client& c, const Picker& picker) {
                  if (const Choice* chosen = picker.chosen()) forget(c, chosen->value);
                });
}

}  // namespace mua::screen

#include "mua/screen/list_commands.hpp"

#include <fmt/format.h>

#include "mua/query.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/folder_choice.hpp"

namespace mua::screen {

namespace {

// Fewer letters find everything.
constexpr int kSearchFrom = 3;

void read_current(Client& client) {
  if (client.reader && client.list.current()) client.open_message(client.list.current()->id);
}

void find_in_text(Client& client) {
  Prompt prompt;
  prompt.label = "find in this message: ";
  prompt.done = [&client](const std::string& text) {
    client.last_found = text;
    if (client.reader && !client.reader->find(text)) client.say("not found: " + text);
  };
  client.ask(std::move(prompt));
}

void finish_search(Client& client, const std::string& text) {
  if (text.empty())
    client.list.leave_results();
  else
    client.search(text);
}

}  // namespace

void next(Client& client, const std::string&) {
  if (!client.list.move(1)) return client.say("this is the last message");
  read_current(client);
}

void previous(Client& client, const std::string&) {
  if (!client.list.move(-1)) return client.say("this is the first message");
  read_current(client);
}

void page_down(Client& client, const std::string&) {
  if (client.reader)
    client.reader->scroll(client.reader->page_rows() - 1);
  else
    client.list.move(client.list.height() - 1);
}

void page_up(Client& client, const std::string&) {
  if (client.reader)
    client.reader->scroll(1 - client.reader->page_rows());
  else
    client.list.move(1 - client.list.height());
}

void first(Client& client, const std::string&) {
  if (client.reader)
    client.reader->scroll(-1'000'000);
  else
    client.list.go_to(0);
}

void last(Client& client, const std::string&) {
  if (client.reader)
    client.reader->scroll(1'000'000);
  else
    client.list.go_to(client.list.count());
}

void next_unread(Client& client, const std::string&) {
  if (!client.list.next_unread()) return client.say("no unread message here");
  read_current(client);
}

void open_current(Client& client, const std::string&) {
  if (client.list.current()) client.open_message(client.list.current()->id);
}

void back(Client& client, const std::string&) {
  if (client.reader && !client.reader->inside().empty()) {
    return client.open_message(client.reader->id());
  }
  if (client.reader) return client.close_reader();
  if (!client.list.marked().empty()) return client.list.clear_marks();
  client.list.leave_results();
}

void toggle_threads(Client& client, const std::string&) {
  const bool threads = client.list.order() == sync::Order::kThreads;
  client.list.set_order(threads ? sync::Order::kNewestFirst : sync::Order::kThreads);
}

void mark(Client& client, const std::string&) {
  client.list.toggle_mark();
  if (!client.reader) client.list.move(1);
}

void mark_all(Client& client, const std::string&) {
  if (client.list.marked().empty())
    client.list.mark_all();
  else
    client.list.clear_marks();
}

void search(Client& client, const std::string& query) {
  if (client.reader && query.empty()) return find_in_text(client);
  if (!query.empty()) return client.search(query);
  Prompt prompt;
  prompt.label = "/";
  prompt.changed = [&client](const std::string& text) {
    // Half a pattern such as "after:2" is no mistake while it is typed.
    if (columns(text) >= kSearchFrom && parse_query(text)) client.search(text);
  };
  prompt.done = [&client](const std::string& text) {
    if (client.list.query() != text) finish_search(client, text);
  };
  prompt.left = [&client] { client.list.leave_results(); };
  client.ask(std::move(prompt));
}

void limit(Client& client, const std::string& query) {
  client.close_reader();
  if (!query.empty()) return client.search(query);
  Prompt prompt;
  prompt.label = "show only: ";
  prompt.line = LineEdit(client.list.query().value_or(""));
  prompt.done = [&client](const std::string& text) { finish_search(client, text); };
  client.ask(std::move(prompt));
}

void next_match(Client& client, const std::string&) {
  if (client.reader && !client.last_found.empty()) {
    if (!client.reader->find(client.last_found)) client.say("not found: " + client.last_found);
    return;
  }
  if (client.list.query()) {
    next(client, "");
  } else if (!client.last_search.empty()) {
    client.search(client.last_search);
  } else {
    client.say("nothing was searched yet: / does");
  }
}

void folder(Client& client, const std::string& name) {
  choose_folder(client, "Open folder", name,
                [](Client& c, sync::FolderId id) { c.open_folder(id); });
}

}  // namespace mua::screen

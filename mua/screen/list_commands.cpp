#include "mua/screen/list_commands.hpp"

#include "mua/screen/client.hpp"

namespace mua::screen {

namespace {

void read_current(Client& client) {
  if (client.reader && client.list.current()) client.open_message(client.list.current()->id);
}

MailList::Fold fold_of(const std::string& argument) {
  return argument == "close"  ? MailList::Fold::kClose
         : argument == "open" ? MailList::Fold::kOpen
                              : MailList::Fold::kToggle;
}

constexpr const char* kFlat = "the list is not by threads: T makes it so";

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
  // What is folded is read from its first unread message on.
  if (const auto message = client.list.unfold_current()) client.open_message(*message);
}

void back(Client& client, const std::string&) {
  if (client.reader && !client.reader->inside().empty()) {
    return client.open_message(client.reader->id());
  }
  if (client.reader) return client.close_reader();
  if (!client.list.marked().empty()) return client.list.clear_marks();
  client.list.leave_results();
}

void fold(Client& client, const std::string& how) {
  if (!client.list.fold(fold_of(how))) client.say(kFlat);
}

void fold_all(Client& client, const std::string& how) {
  if (!client.list.fold_all(fold_of(how))) client.say(kFlat);
}

void toggle_threads(Client& client, const std::string&) {
  const bool threads = client.list.order() == sync::Order::kThreads;
  client.list.set_order(threads ? sync::Order::kNewestFirst : sync::Order::kThreads);
}

}  // namespace mua::screen

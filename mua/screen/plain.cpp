#include "mua/screen/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mua/screen/commands.hpp"
#include "mua/screen/fuzzy.hpp"
#include "mua/screen/plain_text.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {

constexpr int kColumns = 78;
constexpr const char* kLetterHelp =
    "to, cc, bcc, subject change a field, text writes the text anew, editor goes on in $EDITOR, "
    "show reads it, attach, send, postpone, close.";

std::string first_word(const std::string& line) { return line.substr(0, line.find(' ')); }

std::string rest_of(const std::string& line) {
  const std::size_t blank = line.find(' ');
  return blank == std::string::npos ? "" : line.substr(blank + 1);
}

std::string folder_name(const Client& client) {
  const sync::Folder* folder = client.shown_folder();
  return folder ? folder->name : "no folder";
}

/// By its name, a key of the profile, or the first letters of one name alone.
std::string command_for(const Client& client, const std::string& line) {
  const std::string name = first_word(line);
  if (find_command(name)) return line;
  const Meaning key = meaning_of(client.world.keys, client.place(), name);
  if (!key.command.empty()) {
    const std::string argument = rest_of(line);
    return std::string(key.command) + (argument.empty() ? "" : " " + argument);
  }
  const auto beginning = commands_beginning(client.place(), name);
  return beginning.size() == 1 ? std::string(beginning[0]->name) + line.substr(name.size()) : "";
}

std::string seal_text(const ReadMessage& message) {
  std::string out;
  for (const Line& line : message.seals) out += (out.empty() ? "" : "\n") + line.text;
  return out;
}

}  // namespace

Plain::Plain(Client& client, std::function<void(const std::string&)> tell)
    : client_(client), tell_(std::move(tell)) {}

void Plain::begin() {
  tell_(
      "mua, line by line. Type a number to read a message, help for the commands, quit to leave.");
  announce();
}

std::string Plain::prompt() const {
  if (typing_text_) return "";
  if (!questions_.empty()) return questions_.front().label;
  if (const auto& prompt = client_.prompt()) {
    const std::string& begun = prompt->line.text();
    return begun.empty() ? prompt->label : fmt::format("{}({}) ", prompt->label, begun);
  }
  if (client_.picker()) return "number, or nothing: ";
  return client_.writing ? "letter> " : "> ";
}

// --- Lines that are typed ---

void Plain::take(const std::string& line) {
  client_.list.hold();
  if (typing_text_) {
    if (line != ".") {
      text_ += line + "\n";
      return;
    }
    typing_text_ = false;
    change_letter([this](Letter& letter) { letter.text = text_ + letter.text; });
    tell_("The text is written. " + std::string(kLetterHelp));
  } else if (!questions_.empty()) {
    const Question question = questions_.front();
    questions_.erase(questions_.begin());
    question.done(line);
  } else if (client_.prompt()) {
    answer_prompt(line);
  } else if (client_.picker()) {
    answer_choices(line);
  } else if (line.empty()) {
    more_of_the_list();
  } else if (!take_numbers(line) && !take_own(first_word(line), rest_of(line))) {
    take_command(line);
  }
  announce();
}

void Plain::answer_prompt(const std::string& line) {
  const Prompt& prompt = *client_.prompt();
  if (prompt.answers.empty()) {
    return client_.answer(line.empty() ? prompt.line.text() : line);
  }
  if (line.empty()) return client_.dismiss();
  if (prompt.answers.find(line[0]) != std::string::npos) client_.answer(line.substr(0, 1));
}

/// A number, or letters of one that is meant.
void Plain::answer_choices(const std::string& line) {
  const auto& choices = client_.picker()->choices();
  told_choices_ = false;
  if (line.empty()) return client_.dismiss();
  const auto numbers = parse_numbers(line);
  if (numbers.size() == 1 && numbers[0] <= choices.size()) return client_.pick(numbers[0] - 1);
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (fuzzy_score(line, choices[i].text)) fitting.push_back(i);
  }
  if (fitting.size() == 1) return client_.pick(fitting[0]);
  tell_(fitting.empty() ? "nothing fits" : "these fit:");
  for (const std::size_t i : fitting) tell_(fmt::format("{}. {}", i + 1, choices[i].text));
  told_choices_ = true;
}

/// "3", "3 delete", "2-4,7 move Archive"
bool Plain::take_numbers(const std::string& line) {
  const auto numbers = parse_numbers(first_word(line));
  if (numbers.empty() || client_.writing) return false;
  run(rest_of(line).empty() ? "open" : rest_of(line), numbers);
  return true;
}

void Plain::run(const std::string& command, const std::vector<std::uint32_t>& lines) {
  if (lines.back() > client_.list.count()) {
    return tell_(fmt::format("there are {} messages here", client_.list.count()));
  }
  const std::string meant = command_for(client_, command);
  client_.close_reader();
  told_message_ = 0;
  client_.list.go_to(lines.front() - 1);
  if (client_.list.current()) told_cursor_ = client_.list.current()->id;
  if (lines.size() == 1) return take_command(meant.empty() ? command : meant);
  std::vector<sync::MessageId> messages;
  for (const std::uint32_t line : lines) {
    client_.list.go_to(line - 1);
    for (const sync::MessageId id : client_.list.targets()) messages.push_back(id);
  }
  client_.list.clear_marks();
  client_.list.mark_these(messages);
  if (meant != "mark") take_command(meant.empty() ? command : meant);
}

/// Words that only the line mode has: what a picture shows without being asked.
bool Plain::take_own(const std::string& name, const std::string& argument) {
  if (name == "list") {
    list_from(argument.empty() ? 0 : std::max(std::atoi(argument.c_str()), 1) - 1);
    return true;
  }
  if (name == "delete" || name == "move" || name == "archive" || name == "flag") {
    const auto numbers = parse_numbers(first_word(argument));
    if (numbers.empty()) return false;
    run(name + (rest_of(argument).empty() ? "" : " " + rest_of(argument)), numbers);
    return true;
  }
  if (!client_.writing) return false;
  if (name == "show") {
    tell_(plain_letter(client_.writing->composer.letter()));
  } else if (name == "text") {
    ask_for_text();
  } else if (name == "to" || name == "cc" || name == "bcc" || name == "subject") {
    change_letter([&](Letter& letter) {
      (name == "to"    ? letter.to
       : name == "cc"  ? letter.cc
       : name == "bcc" ? letter.bcc
                       : letter.subject) = argument;
    });
    tell_(fmt::format("{}: {}", name, argument));
  } else {
    return false;
  }
  return true;
}

void Plain::take_command(const std::string& line) {
  const std::string meant = command_for(client_, line);
  if (!meant.empty()) return client_.command(meant);
  tell_(fmt::format("there is no command \"{}\" here; help lists them", first_word(line)));
}

void Plain::more_of_the_list() {
  if (client_.writing) return tell_(kLetterHelp);
  if (client_.reader) return tell_("this was the whole message; back returns to the list");
  if (listed_to_ >= client_.list.count()) return tell_("this is the end of the list");
  list_from(listed_to_);
}

// --- What is told ---

void Plain::announce() {
  if (const std::string said = client_.take_said(); !said.empty()) tell_(said);
  announce_link();
  announce_outbox();
  announce_letter();
  announce_message();
  if (!client_.writing && !client_.reader) announce_list();
  if (!client_.picker()) told_choices_ = false;
  if (client_.picker() && !told_choices_) {
    told_choices_ = true;
    tell_(plain_choices(*client_.picker()));
  }
}

void Plain::announce_link() {
  const sync::LinkChanged& link = client_.link();
  const bool live = link.link == sync::Link::kLive && told_link_ != link.link;
  const bool trouble = link.link == sync::Link::kOffline && link.text != told_trouble_;
  if (live) tell_("connected, and up to date");
  if (trouble) tell_("offline: " + link.text);
  // What lies between is of no interest to the ear.
  if (live || trouble) told_link_ = link.link;
  told_trouble_ = link.link == sync::Link::kOffline ? link.text : told_trouble_;
  if (live) told_trouble_.clear();
}

void Plain::announce_outbox() {
  for (const sync::Entry& entry : client_.outbox) {
    if (entry.id <= told_entry_) continue;
    told_entry_ = entry.id;
    const std::int64_t left = (entry.not_before - client_.world.now_ms() + 999) / 1000;
    if (entry.state != sync::EntryState::kWaiting || left <= 0) continue;
    tell_(fmt::format("sending \"{}\" in {} seconds; u takes it back", entry.label, left));
  }
}

std::string Plain::row_text(sync::Row row, std::uint32_t line) const {
  if (client_.lists_recipients()) row.from = row.to;
  return plain_row(row, line, client_.now(), client_.list.marked().contains(row.id));
}

void Plain::list_from(std::uint32_t first) {
  client_.list.go_to(first);
  const std::uint32_t end = std::min<std::uint32_t>(
      first + static_cast<std::uint32_t>(client_.list.height()), client_.list.count());
  for (std::uint32_t line = first; line < end; ++line) {
    client_.list.go_to(line);
    if (const sync::Row* row = client_.list.current()) tell_(row_text(*row, line));
  }
  client_.list.go_to(first);
  listed_to_ = end;
  if (client_.list.current()) told_cursor_ = client_.list.current()->id;
  if (end < client_.list.count()) tell_(fmt::format("{} more: Enter", client_.list.count() - end));
}

/// Another folder or search, and where the cursor went.
void Plain::announce_list() {
  told_message_ = 0;
  const MailList& list = client_.list;
  const bool settled = !list.query() || !client_.searching();
  const std::string what =
      list.query() ? fmt::format("found {} of {}", list.count(), *list.query())
                   : fmt::format("{}{}", folder_name(client_),
                                 list.order() == sync::Order::kThreads ? ", by threads" : "");
  if (what != told_list_ && settled) {
    told_list_ = what;
    tell_(list.query() ? what : fmt::format("{}: {} messages", what, list.count()));
    return list_from(0);
  }
  const sync::Row* row = list.current();
  if (!row || row->id == told_cursor_ || !settled) return;
  told_cursor_ = row->id;
  tell_(row_text(*row, list.cursor()));
}

void Plain::announce_message() {
  if (!client_.reader || client_.writing) return;
  const Reader& reader = *client_.reader;
  if (reader.id() == told_message_ && reader.complete() == told_complete_) {
    return announce_seals();
  }
  told_message_ = reader.id();
  told_seals_ = seal_text(reader.message());
  told_text_ = reader.text();
  told_cursor_ = reader.id();
  told_complete_ = reader.complete();
  if (!told_complete_) return tell_("fetching the text");
  tell_(plain_page(reader.message(), kColumns));
}

/// What came of a look at its signatures, and the text that was encrypted.
void Plain::announce_seals() {
  const ReadMessage& message = client_.reader->message();
  const std::string seals = seal_text(message);
  if (seals == told_seals_ || seals.ends_with("…")) return;
  told_seals_ = seals;
  const bool opened = std::exchange(told_text_, client_.reader->text()) != client_.reader->text();
  tell_(opened ? plain_page(message, kColumns) : seals);
}

// --- Letters ---

void Plain::announce_letter() {
  const bool writing = client_.writing.has_value();
  if (writing == told_letter_) return;
  told_letter_ = writing;
  questions_.clear();
  typing_text_ = false;
  if (writing) ask_for_fields();
}

void Plain::ask_for_fields() {
  const Letter letter = client_.writing->composer.letter();
  tell_("A letter. close stops writing it.");
  const auto ask = [this](const char* label, std::string Letter::*field) {
    questions_.push_back({label, [this, field](const std::string& typed) {
                            change_letter([&](Letter& l) { l.*field = typed; });
                          }});
  };
  if (letter.to.empty())
    ask("To: ", &Letter::to);
  else
    tell_("To: " + letter.to);
  if (letter.subject.empty())
    ask("Subject: ", &Letter::subject);
  else
    tell_("Subject: " + letter.subject);
  questions_.push_back(
      {"Text: Enter begins it here, e in $EDITOR, n not now: ", [this](const std::string& typed) {
         if (typed == "e") return client_.command("editor");
         if (typed == "n") return tell_(kLetterHelp);
         ask_for_text();
       }});
}

void Plain::ask_for_text() {
  typing_text_ = true;
  text_.clear();
  tell_("Type the text; a line with a dot alone ends it.");
}

/// By a composer begun anew, which keeps what was saved of the letter.
void Plain::change_letter(const std::function<void(Letter&)>& change) {
  if (!client_.writing) return;
  const Writing before = *client_.writing;
  Letter letter = before.composer.letter();
  change(letter);
  client_.write(std::move(letter), before.draft);
  client_.writing->saved = before.saved;
  client_.writing->saved_at = before.saved_at;
}

}  // namespace mua::screen

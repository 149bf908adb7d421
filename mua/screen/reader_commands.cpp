#include "mua/screen/reader_commands.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "mua/safe_name.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/file_choice.hpp"
#include "mua/screen/list_commands.hpp"
#include "mua/screen/part_file.hpp"

namespace mua::screen {

namespace {

namespace fs = std::filesystem;

fs::path home() {
  const char* home = std::getenv("HOME");
  return home ? home : ".";
}

/// A name that nothing has yet.
fs::path free_name(const fs::path& wanted) {
  fs::path path = wanted;
  for (unsigned number = 2; fs::exists(path); ++number) {
    path = wanted.parent_path() / numbered_name(wanted.filename().string(), number);
  }
  return path;
}

void open_with_desktop(Client& client, const std::string& what) {
  const ShellCommand command{"xdg-open " + shell_word(what) + " >/dev/null 2>&1", std::nullopt,
                             ShellCommand::Afterwards::kReturn};
  if (client.world.run(command) != 0) client.alert("xdg-open could not open " + what);
}

/// A folder for one file, gone when mua ends; empty when there is none to be had.
fs::path temporary_folder(Client& client) {
  std::string folder = (fs::temp_directory_path() / "mua-XXXXXX").string();
  if (!mkdtemp(folder.data())) {
    client.alert("cannot write in the temporary folder");
    return {};
  }
  client.temporary.emplace_back(folder);
  return folder;
}

void open_part(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  const fs::path folder = temporary_folder(client);
  if (folder.empty()) return;
  const fs::path file = folder / attached.name;
  with_part_file(client, message, attached, file, [file](Client& c) {
    c.say("");
    open_with_desktop(c, file.string());
  });
}

void save_part(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  Prompt prompt;
  prompt.label = "save as: ";
  const fs::path downloads = home() / "Downloads";
  const fs::path folder = fs::is_directory(downloads) ? downloads : fs::current_path();
  prompt.line = LineEdit((folder / attached.name).string());
  prompt.done = [&client, message, attached](const std::string& text) {
    if (text.empty()) return;
    fs::path path = path_of(text);
    if (fs::is_directory(path)) path /= attached.name;
    path = free_name(path);
    client.say("saving " + attached.name + "…");
    with_part_file(client, message, attached, path,
                   [path](Client& c) { c.say("saved as " + path.string()); });
  };
  client.ask(std::move(prompt));
}

void pipe_part(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  Prompt prompt;
  prompt.label = "pipe to: ";
  prompt.done = [&client, message, attached](const std::string& words) {
    const fs::path folder = words.empty() ? fs::path() : temporary_folder(client);
    if (folder.empty()) return;
    const fs::path file = folder / attached.name;
    with_part_file(client, message, attached, file, [words, file](Client& c) {
      c.say("");
      c.world.run({words, std::nullopt, ShellCommand::Afterwards::kWaitForKey, file});
    });
  };
  client.ask(std::move(prompt));
}

/// What is still to be fetched is on its way while one types the name.
void ask_what_to_do(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  Prompt prompt;
  prompt.label = fmt::format("{}: o opens, s saves, | pipes it: ", attached.name);
  prompt.answers = "os|";
  prompt.done = [&client, message, attached](const std::string& answer) {
    const bool is_message = attached.part.type == "message" && attached.part.subtype == "rfc822";
    if (answer == "o" && is_message) return client.open_inside(message, attached.part.number);
    if (!attached.mail) client.want_part({message, attached.part.number, [] {}});
    client.say("fetching " + attached.name + "…");
    if (answer == "o")
      open_part(client, message, attached);
    else if (answer == "s")
      save_part(client, message, attached);
    else
      pipe_part(client, message, attached);
  };
  client.ask(std::move(prompt));
}

/// 0: it is none.
std::size_t number_of(const std::string& text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool lists_attachments(const Reader& reader) {
  return reader.complete() || !reader.attachments().empty();
}

bool has_text(const Reader& reader) { return reader.complete(); }

/// What is read, or would be read with Enter; nullopt while not enough of it is here: then the
/// command is run once its text is.
std::optional<Reader> reader_of(Client& client, const std::string& command,
                                bool (*enough)(const Reader&)) {
  if (!client.reader && !client.list.current()) return std::nullopt;
  Reader reader =
      client.reader ? *client.reader : Reader(client.world.store, client.list.current()->id);
  if (enough(reader)) return reader;
  client.once_read(reader.id(), command);
  return std::nullopt;
}

}  // namespace

void scroll_down(Client& client, const std::string&) { client.reader->scroll(1); }

void scroll_up(Client& client, const std::string&) { client.reader->scroll(-1); }

void page_down_or_next(Client& client, const std::string&) {
  if (!client.reader->scroll(client.reader->page_rows() - 1)) next(client, "");
}

void headers(Client& client, const std::string&) {
  if (client.reader->fields() == Reader::Fields::kAll) {
    return client.reader->show_fields(Reader::Fields::kUsual);
  }
  const sync::MessageId id = client.reader->id();
  const std::string& inside = client.reader->inside();
  client.want_part({id, inside.empty() ? "HEADER" : inside + ".HEADER", [&client, id] {
                      if (client.reader && client.reader->id() == id) {
                        client.reader->show_fields(Reader::Fields::kAll);
                      }
                    }});
}

void open_link(Client& client, const std::string& link) {
  if (link.starts_with("mailto:"))
    client.write(letter_from_mailto(link), 0);
  else
    open_with_desktop(client, link);
}

void links(Client& client, const std::string& number) {
  const std::vector<std::string> all = client.reader->links();
  if (all.empty()) return client.say("there are no links in this message");
  if (const std::size_t chosen = number_of(number); chosen > 0 && chosen <= all.size()) {
    return open_link(client, all[chosen - 1]);
  }
  std::vector<Choice> choices;
  for (const std::string& link : all) choices.push_back({link, "", link});
  client.choose(Picker("Open link", std::move(choices)), [](Client& c, const Picker& picker) {
    if (const Choice* chosen = picker.chosen()) open_link(c, chosen->value);
  });
}

void attachments(Client& client, const std::string& number) {
  const auto reader = reader_of(client, "attachments " + number, lists_attachments);
  if (!reader) return;
  if (reader->attachments().empty()) return client.say("no attachments");
  const sync::MessageId id = reader->id();
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < reader->attachments().size(); ++i) {
    const Chip& chip = reader->message().attachments[i];
    choices.push_back({fmt::format("{} {}", i + 1, chip.name),
                       fmt::format("{}, {}", size_text(chip.size), chip.type), std::to_string(i)});
  }
  const auto all = reader->attachments();
  if (const std::size_t chosen = number_of(number); chosen > 0 && chosen <= all.size()) {
    return ask_what_to_do(client, id, all[chosen - 1]);
  }
  client.choose(Picker("Attachments", std::move(choices)),
                [id, all](Client& c, const Picker& picker) {
                  if (const Choice* chosen = picker.chosen())
                    ask_what_to_do(c, id, all[std::stoul(chosen->value)]);
                });
}

void pipe_text(Client& client, const std::string& command) {
  const auto reader = reader_of(client, "pipe " + command, has_text);
  if (!reader) return;
  const std::string text = reader->text();
  const auto run = [&client, text](const std::string& words) {
    if (words.empty()) return;
    client.world.run({words, text, ShellCommand::Afterwards::kWaitForKey});
  };
  if (!command.empty()) return run(command);
  Prompt prompt;
  prompt.label = "pipe to: ";
  prompt.done = run;
  client.ask(std::move(prompt));
}

}  // namespace mua::screen

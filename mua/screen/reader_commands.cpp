#include "mua/screen/reader_commands.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "mua/parts.hpp"
#include "mua/safe_name.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/list_commands.hpp"
#include "mua/sync/bodies.hpp"

namespace mua::screen {

namespace {

namespace fs = std::filesystem;

fs::path home() {
  const char* home = std::getenv("HOME");
  return home ? home : ".";
}

/// "~/x" as the shell understands it.
fs::path expanded(const std::string& text) {
  if (text.starts_with("~/")) return home() / text.substr(2);
  return text;
}

/// A name that nothing has yet.
fs::path free_name(const fs::path& wanted) {
  fs::path path = wanted;
  for (unsigned number = 2; fs::exists(path); ++number) {
    path = wanted.parent_path() / numbered_name(wanted.filename().string(), number);
  }
  return path;
}

std::string decoded(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  const auto octets = sync::Bodies(client.world.store).octets(message, attached.part.number);
  return part_octets(attached.part, octets.value_or(""));
}

bool write_file(Client& client, const fs::path& path, const std::string& octets) {
  std::ofstream out(path, std::ios::binary);
  out << octets;
  out.close();
  if (!out) client.alert(fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
  return static_cast<bool>(out);
}

void open_with_desktop(Client& client, const std::string& what) {
  const ShellCommand command{"xdg-open " + shell_word(what) + " >/dev/null 2>&1", std::nullopt,
                             ShellCommand::Afterwards::kReturn};
  if (client.world.run(command) != 0) client.alert("xdg-open could not open " + what);
}

void open_part(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  std::string folder = (fs::temp_directory_path() / "mua-XXXXXX").string();
  if (!mkdtemp(folder.data())) return client.alert("cannot write in the temporary folder");
  client.temporary.emplace_back(folder);
  const fs::path path = fs::path(folder) / attached.name;
  if (write_file(client, path, decoded(client, message, attached)))
    open_with_desktop(client, path.string());
}

void save_part(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  Prompt prompt;
  prompt.label = "save as: ";
  const fs::path downloads = home() / "Downloads";
  const fs::path folder = fs::is_directory(downloads) ? downloads : fs::current_path();
  prompt.line = LineEdit((folder / attached.name).string());
  prompt.done = [&client, message, attached](const std::string& text) {
    if (text.empty()) return;
    fs::path path = expanded(text);
    if (fs::is_directory(path)) path /= attached.name;
    path = free_name(path);
    if (write_file(client, path, decoded(client, message, attached)))
      client.say("saved as " + path.string());
  };
  client.ask(std::move(prompt));
}

void pipe_part(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  Prompt prompt;
  prompt.label = "pipe to: ";
  prompt.done = [&client, message, attached](const std::string& words) {
    if (words.empty()) return;
    client.world.run(
        {words, decoded(client, message, attached), ShellCommand::Afterwards::kWaitForKey});
  };
  client.ask(std::move(prompt));
}

void ask_what_to_do(Client& client, sync::MessageId message, const AttachmentOf& attached) {
  Prompt prompt;
  prompt.label = fmt::format("{}: o opens, s saves, | pipes it: ", attached.name);
  prompt.answers = "os|";
  prompt.done = [&client, message, attached](const std::string& answer) {
    const bool is_message = attached.part.type == "message" && attached.part.subtype == "rfc822";
    if (answer == "o" && is_message) return client.open_inside(message, attached.part.number);
    client.say("fetching " + attached.name + "…");
    client.want_part({message, attached.part.number, [&client, message, attached, answer] {
                        client.say("");
                        if (answer == "o")
                          open_part(client, message, attached);
                        else if (answer == "s")
                          save_part(client, message, attached);
                        else
                          pipe_part(client, message, attached);
                      }});
  };
  client.ask(std::move(prompt));
}

/// What is read, or would be read with Enter; nullopt while it isn't here.
std::optional<Reader> reader_of(Client& client) {
  if (client.reader) return *client.reader;
  if (!client.list.current()) return std::nullopt;
  Reader reader(client.world.store, client.list.current()->id);
  if (!reader.complete()) client.world.wire.want_text(reader.id());
  return reader;
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

void links(Client& client, const std::string&) {
  std::vector<Choice> choices;
  for (const ReadText& text : client.reader->message().texts) {
    for (const std::string& link : links_in(text.text)) choices.push_back({link, "", link});
  }
  if (choices.empty()) return client.say("there are no links in this message");
  client.choose(Picker("Open link", std::move(choices)), [](Client& c, const Picker& picker) {
    const Choice* chosen = picker.chosen();
    if (!chosen) return;
    if (chosen->value.starts_with("mailto:"))
      c.write(letter_from_mailto(chosen->value), 0);
    else
      open_with_desktop(c, chosen->value);
  });
}

void attachments(Client& client, const std::string&) {
  const auto reader = reader_of(client);
  if (!reader || reader->attachments().empty()) return client.say("no attachments");
  const sync::MessageId id = reader->id();
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < reader->attachments().size(); ++i) {
    const Chip& chip = reader->message().attachments[i];
    choices.push_back({fmt::format("{} {}", i + 1, chip.name),
                       fmt::format("{}, {}", size_text(chip.size), chip.type), std::to_string(i)});
  }
  const auto all = reader->attachments();
  client.choose(Picker("Attachments", std::move(choices)),
                [id, all](Client& c, const Picker& picker) {
                  if (const Choice* chosen = picker.chosen())
                    ask_what_to_do(c, id, all[std::stoul(chosen->value)]);
                });
}

void pipe_text(Client& client, const std::string& command) {
  const auto reader = reader_of(client);
  if (!reader) return;
  if (!reader->complete()) return client.say("the text is on its way; try again");
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

// The client line by line, for screen readers: the same client and the same commands, without a
// picture. A line that is typed is a command by its name (or some first letters of it), a key of
// the profile, the number of a message, or the answer to what was asked; what comes of it is told
// in lines, and nothing is ever painted over. Letters are written field by field, their text line
// by line up to a line with a dot alone, or in $EDITOR.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mua/screen/client.hpp"

namespace mua::screen {

class Plain {
 public:
  /// Both outlive it. `tell` gets whole lines.
  Plain(Client& client, std::function<void(const std::string&)> tell);

  /// The folder and its first messages.
  void begin();
  void take(const std::string& line);
  /// Tells what has changed since the last time: after lines, the engine's events and ticks.
  void announce();
  /// What is asked for now: "> ", "To: ", "save as (/home/a/x.pdf): ".
  std::string prompt() const;

 private:
  /// Something asked by the line mode itself.
  struct Question {
    std::string label;
    std::function<void(const std::string&)> done;
  };

  void answer_prompt(const std::string& line);
  void answer_choices(const std::string& line);
  bool take_numbers(const std::string& line);
  bool take_own(const std::string& name, const std::string& argument);
  void take_command(const std::string& line);
  void run(const std::string& command, const std::vector<std::uint32_t>& lines);
  void more_of_the_list();

  void announce_list();
  void announce_message();
  void announce_seals();
  void announce_letter();
  void announce_link();
  void announce_outbox();
  void list_from(std::uint32_t first);
  std::string row_text(sync::Row row, std::uint32_t line) const;

  void ask_for_fields();
  void ask_for_text();
  void change_letter(const std::function<void(Letter&)>& change);

  Client& client_;
  std::function<void(const std::string&)> tell_;
  std::vector<Question> questions_;  ///< the next one first
  bool typing_text_ = false;
  std::string text_;  ///< typed so far

  // What was told.
  std::string told_list_;
  std::uint32_t listed_to_ = 0;
  sync::MessageId told_cursor_ = 0, told_message_ = 0;
  bool told_complete_ = false, told_letter_ = false, told_choices_ = false;
  sync::EntryId told_entry_ = 0;
  sync::Link told_link_ = sync::Link::kOffline;
  std::string told_trouble_, told_seals_, told_text_;
};

/// A screen without a picture, large enough for a list of a few lines.
class NoScreen : public Screen {
 public:
  explicit NoScreen(std::function<void(const std::string&)> tell) : tell_(std::move(tell)) {}

  Size size() const override { return {12, 80}; }
  void show(const Canvas&) override {}
  std::optional<Event> next_event() override { return std::nullopt; }
  void leave() override {}
  void enter() override {}
  void ring() override { tell_("\a"); }
  void notify(const std::string&, const std::string&) override {}
  void set_theme(const Theme&) override {}

 private:
  std::function<void(const std::string&)> tell_;
};

}  // namespace mua::screen

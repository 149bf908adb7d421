// How the groups of commands are told to CLI11: what the files declare_*.cpp share. A command's
// options live in its parser's callback, which makes them the chosen ones once the line is read.
// Private to these files.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mua/command_line.hpp"

namespace mua {

template <class Options>
struct Declared {
  CLI::App* app;
  std::shared_ptr<Options> options;
  CLI::App* operator->() const { return app; }
};

template <class Options>
Declared<Options> declare(CommandLine& line, const std::string& name, const std::string& about) {
  CLI::App* app = line.app->add_subcommand(name, about);
  // No "-h": `flag` takes words such as "-hidden".
  app->set_help_flag("--help", "this text");
  app->fallthrough();
  auto options = std::make_shared<Options>();
  app->callback([&line, options] { line.chosen = *options; });
  return {app, options};
}

inline void add_limit(CLI::App* app, std::uint32_t& value) {
  const CLI::Validator positive(
      [](std::string& word) {
        const bool is_number = word.find_first_not_of("0123456789") == std::string::npos;
        return is_number && word.find_first_not_of('0') != std::string::npos
                   ? std::string()
                   : "\"" + word + "\" is no number from 1 on";
      },
      "");
  app->add_option("--limit", value, "how many, default 50")->check(positive)->type_name("NUMBER");
}

inline void add_id(CLI::App* app, std::string& value) {
  app->add_option("id", value, "the message")->required()->type_name("ID");
}

inline void add_ids(CLI::App* app, std::vector<std::string>& value) {
  app->add_option("id", value, "messages")->required()->type_name("ID");
}

inline CLI::Option* add_mailbox(CLI::App* app, const std::string& name, std::string& value) {
  return app->add_option(name, value, "default INBOX")->type_name("MAILBOX");
}

/// "", which lists, or one of `actions`.
inline void add_action(CLI::App* app, std::string& value, std::vector<std::string> actions) {
  app->add_option("action", value, "default list")
      ->check(CLI::IsMember(std::move(actions)))
      ->type_name("ACTION");
}

// In the order of --help.
void declare_writing(CommandLine& line);
void declare_reading(CommandLine& line);
void declare_changing(CommandLine& line);
void declare_local(CommandLine& line);
void declare_watching(CommandLine& line);

}  // namespace mua

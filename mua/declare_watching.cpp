#include "mua/declaration.hpp"

namespace mua {

namespace {

// "words" is what the shells' functions ask with, not a person.
const CLI::Validator kShells(
    [](std::string& word) {
      const bool known = word == "bash" || word == "zsh" || word == "fish" || word == "words";
      return known ? "" : "\"" + word + "\" is none of bash, zsh, fish";
    },
    "{bash,zsh,fish}");

}  // namespace

void declare_watching(CommandLine& line) {
  const auto wait =
      declare<WaitOptions>(line, "wait", "wait for new mail and list it; exit status 3: none came");
  add_mailbox(wait.app, "mailbox", wait.options->mailbox);
  wait->add_option("--timeout", wait.options->timeout, "at most so long, default for ever")
      ->type_name("SECONDS");

  declare<DoctorOptions>(line, "doctor",
                         "try each step of reading and sending, and say how long it takes");

  const auto completion =
      declare<CompletionOptions>(line, "completion", "print a shell's completion: bash, zsh, fish");
  completion->add_option("shell", completion.options->shell, "bash, zsh or fish")
      ->required()
      ->check(kShells)
      ->type_name("SHELL");
}

}  // namespace mua

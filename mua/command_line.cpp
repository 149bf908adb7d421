#include "mua/command_line.hpp"

#include "mua/declaration.hpp"

namespace mua {

namespace {

constexpr const char* kAbout =
    "mua reads and writes mail: without a command on the full screen (? there shows the keys),\n"
    "with one from scripts and the command line.\n"
    "A message is named by an ID as ls and search print it: MAILBOX:UIDVALIDITY:UID in full,\n"
    "MAILBOX:UID for short, and a bare UID for INBOX.";

void declare_common(CommandLine& line) {
  CommonOptions& o = line.common;
  CLI::App& app = *line.app;
  app.add_option("--config", o.config,
                 "settings of the Pabal installation (else $PABAL_CONFIG, ./var/pabal.toml, "
                 "/etc/pabal/pabal.toml)")
      ->type_name("FILE");
  app.add_option("--settings", o.settings,
                 "account settings (else $XDG_CONFIG_HOME/pabal/mua.toml, or mua.toml beside the "
                 "installation's)")
      ->type_name("FILE");
  app.add_option("--account", o.account, "which account, when there are several")
      ->type_name("ACCOUNT");
  app.add_flag_callback(
      "--json", [&o] { o.format = Format::kJson; }, "print JSON");
}

void declare_screen(CommandLine& line) {
  auto options = std::make_shared<ScreenOptions>();
  CLI::App& app = *line.app;
  app.add_option("--keys", options->keys, "keys of the full screen, default mutt")
      ->check(CLI::IsMember({"mutt", "aerc", "alpine"}))
      ->type_name("PROFILE");
  app.add_option("--theme", options->theme,
                 "colours: default, dark, light, contrast or one of the settings")
      ->type_name("NAME");
  app.add_flag("--plain", options->plain,
               "line by line instead of the full screen, for screen readers");
  app.add_option("address", options->address,
                 "your mail at ADDRESS, set up when it is new; or the letter of a mailto: link")
      ->type_name("ADDRESS");
  app.callback([&line, options] {
    const auto commands = line.app->get_subcommands();
    if (commands.empty()) {
      line.chosen = *options;
    } else if (!options->address.empty()) {
      // What a command has no use for is handed on to where addresses are taken.
      throw CLI::ValidationError("there is no use for \"" + options->address + "\"");
    }
  });
}

void declare_setup(CommandLine& line) {
  const auto c =
      declare<SetupOptions>(line, "setup", "try the login of an account and write its settings");
  SetupOptions& o = *c.options;
  c->add_option("--imap", o.imap, "IMAP server")->type_name("HOST:PORT");
  c->add_option("--smtp", o.smtp, "submission server")->type_name("HOST:PORT");
  c->add_option("--security", o.security, "none is allowed on loopback only")
      ->check(CLI::IsMember({"tls", "starttls", "none"}))
      ->type_name("SECURITY");
  c->add_option("--ca", o.ca, "PEM file of the CA, for a server of your own")->type_name("FILE");
  c->add_option("--user", o.user, "login name, if it isn't the address")->type_name("NAME");
  c->add_option("--name", o.name, "your name as others see it")->type_name("NAME");
  auto* from_stdin =
      c->add_flag("--password-stdin", o.password_stdin, "read the password from stdin and keep it");
  c->add_option("--password-command", o.password_command, "a command that prints the password")
      ->excludes(from_stdin)
      ->type_name("COMMAND");
  declare<AccountsOptions>(line, "accounts", "list the accounts that are set up");
}

}  // namespace

std::unique_ptr<CommandLine> declare_command_line() {
  auto line = std::make_unique<CommandLine>();
  line->app = std::make_unique<CLI::App>(kAbout, "mua");
  CLI::App& app = *line->app;
  app.set_help_flag("--help", "this text");
  app.set_version_flag("--version", std::string("mua (Pabal) ") + PABAL_VERSION);
  app.require_subcommand(0, 1);
  app.footer(std::string(kExitCodes) + "     imported or exported, but not all of it\n");
  declare_common(*line);
  declare_screen(*line);
  declare_setup(*line);
  declare_writing(*line);
  declare_reading(*line);
  declare_changing(*line);
  declare_local(*line);
  declare_watching(*line);
  return line;
}

}  // namespace mua

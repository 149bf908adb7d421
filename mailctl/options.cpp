#include "mailctl/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <CLI/CLI.hpp>

#include "conf/nearest.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/queue_options.hpp"

namespace mailctl {
namespace {

constexpr auto kAsOwner =
    "Run by root on a data folder of another user, it goes on as that user.\n\n";

/// Builds the parser; what it reads goes to `invocation`.
class Parser {
 public:
  explicit Parser(Invocation& invocation) : invocation_(invocation), options_(invocation.options) {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.footer(std::string(kAsOwner) + kExitCodes);
    app_.set_version_flag("--version", fmt::format("mailctl {}", PABAL_VERSION));
    app_.add_option("--config", options_.config,
                    "settings file (else $PABAL_CONFIG, ./var/pabal.toml, /etc/pabal/pabal.toml)")
        ->type_name("FILE");
    app_.add_flag_function(
        "--json", [this](auto) { options_.format = Format::kJson; }, "print JSON");
    add_init();
    add_users();
    add_aliases_and_domains();
    add_views();
  }

  CLI::App& app() { return app_; }

 private:
  CLI::App* add(CLI::App* to, const char* name, const char* about, Command command) {
    auto* verb = to->add_subcommand(name, about);
    verb->fallthrough();
    verb->callback([this, command] { invocation_.command = command; });
    return verb;
  }

  CLI::App* group(const char* name, const char* about) {
    auto* group = app_.add_subcommand(name, about);
    group->require_subcommand(1);
    group->fallthrough();
    return group;
  }

  void take_address(CLI::App* verb) {
    verb->add_option("address", options_.name, "as NAME@DOMAIN")->required();
  }

  void take_password(CLI::App* verb) {
    verb->add_flag_function(
        "--password-stdin", [this](auto) { options_.password = PasswordFrom::kStdin; },
        "read the password from the first line of stdin instead of asking for it");
  }

  void add_init() {
    auto* verb =
        add(&app_, "init", "create a mail domain: folder, settings, certificates, users", init);
    auto& to = options_.init;
    verb->add_option("--data", to.data, "folder of everything")->capture_default_str();
    verb->add_option("--domain", to.domain, "the mail domain")->capture_default_str();
    verb->add_option("--hostname", to.hostname, "name of this server, default localhost");
    verb->add_option("--user", to.users,
                     "a user to create with a random password (kept in passwords.txt); repeatable")
        ->take_all();
    verb->add_option("--listen", to.listen, "loopback, an address, or * for every address")
        ->capture_default_str();
    verb->add_option("--port-offset", to.port_offset,
                     "add N to ports 25, 587, 465, 143 and 993; default 0 when they can be bound, "
                     "else 10000")
        ->check(CLI::Range(0, 64000));
  }

  void add_users() {
    auto* user = group("user", "accounts with a mailbox");
    auto* verb = add(user, "add", "create an account", user_add);
    take_address(verb);
    take_password(verb);
    add(user, "list", "list the accounts", user_list);
    take_address(add(user, "show", "show one account", user_show));
    add_forward(add(user, "forward", "send a user's mail on to others, or show where it goes",
                    user_forward));
    add_quota(
        add(user, "quota", "limit what an account may hold, or show what it holds", user_quota));
    verb = add(user, "passwd", "set an account's password", user_passwd);
    take_address(verb);
    take_password(verb);
    verb = add(user, "remove", "remove an account; its mail stays on disk", user_remove);
    take_address(verb);
    verb->add_flag_function(
        "--purge", [this](auto) { options_.folder = Folder::kPurge; }, "delete its mail, too");
  }

  void add_quota(CLI::App* verb) {
    QuotaOptions& to = options_.quota;
    take_address(verb);
    const std::string also = ", none, or default for that of the settings";
    verb->add_option("--storage", to.storage, "octets, as 500MiB or 2GiB" + also)
        ->type_name("SIZE");
    verb->add_option("--messages", to.messages, "how many" + also)->type_name("NUMBER");
    verb->add_option("--mailboxes", to.mailboxes, "how many" + also)->type_name("NUMBER");
  }

  void add_forward(CLI::App* verb) {
    using Copy = ForwardOptions::Copy;
    ForwardOptions& to = options_.forward;
    take_address(verb);
    auto* targets =
        verb->add_option("--to", to.to, "where the mail goes; repeatable, replaces all");
    auto* keep = verb->add_flag_function(
        "--keep", [&to](auto) { to.copy = Copy::kKept; },
        "leave a copy in the mailbox (until told otherwise)");
    auto* no_keep = verb->add_flag_function(
        "--no-keep", [&to](auto) { to.copy = Copy::kNone; }, "leave none");
    keep->excludes(no_keep);
    verb->add_flag("--clear", to.clear, "forward nothing any more")
        ->excludes(targets)
        ->excludes(keep)
        ->excludes(no_keep);
  }

  void add_aliases_and_domains() {
    auto* alias = group("alias", "addresses that lead to others");
    auto* verb = add(alias, "add", "create an alias; @DOMAIN alone is the catch-all", alias_add);
    take_address(verb);
    verb->add_option("targets", options_.targets, "where its mail goes")->required();
    add(alias, "list", "list the aliases", alias_list);
    take_address(add(alias, "remove", "remove an alias", alias_remove));

    auto* domain = group("domain", "domains that mail is taken in for");
    verb = add(domain, "add", "create a domain", domain_add);
    verb->add_option("domain", options_.name)->required();
    verb = add(domain, "remove", "remove a domain without accounts and aliases", domain_remove);
    verb->add_option("domain", options_.name)->required();
    add(domain, "list", "list the domains", domain_list);
  }

  void add_acl() {
    auto* acl = group("acl", "what others may do with an account's mailboxes");
    auto& to = options_.acl;
    auto* verb = add(acl, "list", "list what an account shares", acl_list);
    take_address(verb);
    verb->add_option("mailbox", to.mailbox, "this one alone");
    const auto take_who = [&](CLI::App* command) {
      take_address(command);
      command->add_option("mailbox", to.mailbox)->required();
      command
          ->add_option("who", to.who,
                       "NAME@DOMAIN or anyone; after --, -NAME for what is taken away")
          ->required();
    };
    verb = add(acl, "set", "grant rights, or take some away", acl_set);
    take_who(verb);
    verb->add_option("rights", to.rights, "letters of lrswipkxtea; +lr adds; after --, -w removes")
        ->required();
    take_who(add(acl, "remove", "remove all rights of one", acl_remove));
  }

  void add_views() {
    take_address(add(group("mailbox", "an account's mailboxes"), "list",
                     "list the mailboxes of an account", mailbox_list));
    add_acl();
    const AddCommand add_command = [this](auto... command) { return add(command...); };
    add_queue_verbs(group("queue", "messages on their way"), options_.queue, add_command);
    add_trace(&app_, options_.queue, add_command);
    auto* verb = add(&app_, "status", "show the installation and whether it answers", status);
    auto* probe = verb->add_flag("--probe", options_.status.probe,
                                 "ask each server: EHLO or LHLO, and IMAP over TLS");
    verb->add_option("--login", options_.status.login,
                     "log in to IMAP as ADDRESS, password from stdin")
        ->needs(probe);
    verb->add_option("--wait", options_.status.wait_seconds, "seconds the servers may take")
        ->needs(probe);
  }

  Invocation& invocation_;
  Options& options_;
  CLI::App app_{"Sets up, inspects and repairs a Pabal mail domain.", "mailctl"};
};

/// The word that stands where a command should, of which CLI11 says only that one is missing, and
/// the command that it may be: "usr is no command; did you mean user?". "" where no word is.
std::string unknown_command(const CLI::App& app) {
  const auto words = app.remaining(true);
  const auto word = std::ranges::find_if(words, [](const auto& w) { return !w.starts_with('-'); });
  const CLI::App* group = &app;
  while (!group->get_subcommands().empty()) group = group->get_subcommands().front();
  std::vector<std::string> verbs;
  for (const CLI::App* verb : group->get_subcommands({})) verbs.push_back(verb->get_name());
  if (word == words.end() || verbs.empty()) return "";
  return fmt::format("{} is no command; did you mean {}?", *word, conf::nearest(*word, verbs));
}

}  // namespace

std::variant<Invocation, int> parse_command_line(int argc, const char* const* argv) {
  Invocation invocation{};
  Parser parser(invocation);
  try {
    parser.app().parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::string unknown = unknown_command(parser.app());
    if (!unknown.empty()) fmt::print(stderr, "mailctl: {}\n", unknown);
    const int status = parser.app().exit(error);
    return status == 0 ? 0 : static_cast<int>(ExitCode::kUsage);
  }
  return invocation;
}

}  // namespace mailctl

#include "mail/smtp_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "mail/ascii.hpp"
#include "mail/smtp_parameters.hpp"

namespace mail::smtp {

namespace {

using Parsed = Result<Command, Reply>;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::string_view trim_front(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

std::string_view trim_end(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

unexpected<Reply> bad_arguments(std::string text) {
  return unexpected(Reply(501, "5.5.4", std::move(text)));
}

bool is_token(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](unsigned char c) {
    return c <= ' ' || c == 0x7f || c == '(' || c == ')' || c == '<' || c == '>';
  });
}

// helo = "HELO" SP Domain CRLF;  ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
// What stands there is only ever shown in a Received field, so any printable word will do: phones
// and cameras greet with names that are no domains.                         RFC 5321 §4.1.1.1
// That field is in ASCII, whatever the machine is called: else the message would need SMTPUTF8.
template <class Greeting>
Parsed parse_greeting(std::string_view arguments) {
  if (!is_token(arguments) || arguments.size() > 255) {
    return bad_arguments("Say which host you are: EHLO host.example");
  }
  if (is_ascii(arguments)) return Greeting{std::string(arguments)};
  return Greeting{domain_to_ascii(arguments).value_or("unknown")};
}

/// Where the path that begins `text` ends: behind the ">" outside quotes; npos if it never does.
std::size_t find_path_end(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == '>' && !quoted) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

/// The path's mailbox without the source route before it, which RFC 5321 §4.1.1.3 says to ignore.
std::string_view skip_source_route(std::string_view path) {
  if (!path.starts_with('@')) return path;
  const std::size_t colon = path.find(':');
  return colon == std::string_view::npos ? path : path.substr(colon + 1);
}

struct PathAndRest {
  std::string_view path;  ///< between the angle brackets
  std::string_view parameters;
};

// "FROM:" Reverse-path [SP Mail-parameters]   "TO:" Forward-path [SP Rcpt-parameters]
// A space behind the colon is wrong (RFC 5321 §3.3) and sent by many a printer; it harms nobody.
Result<PathAndRest, Reply> split_path(std::string_view arguments, std::string_view keyword) {
  const std::string usage = fmt::format("Syntax: {}<address> [parameters]",
                                        keyword == "FROM:" ? "MAIL FROM:" : "RCPT TO:");
  if (upper(arguments.substr(0, keyword.size())) != keyword) return bad_arguments(usage);
  const std::string_view rest = trim_front(arguments.substr(keyword.size()));
  if (!rest.starts_with('<')) return bad_arguments(usage);
  const std::size_t end = find_path_end(rest);
  if (end == std::string_view::npos) return bad_arguments("The address has no closing >");
  if (end < rest.size() && rest[end] != ' ') return bad_arguments(usage);
  return PathAndRest{rest.substr(1, end - 2), rest.substr(end)};
}

unexpected<Reply> bad_address(std::string_view enhanced, std::string_view what) {
  return unexpected(Reply(553, std::string(enhanced), fmt::format("That is no {} address", what)));
}

// mail = "MAIL FROM:" ( "<>" / Path ) [SP Mail-parameters] CRLF              RFC 5321 §4.1.1.2
Parsed parse_mail(std::string_view arguments) {
  auto parts = split_path(arguments, "FROM:");
  if (!parts) return unexpected(parts.error());
  MailFrom mail;
  const std::string_view mailbox = skip_source_route(parts->path);
  if (!mailbox.empty()) {
    auto address = parse_address(mailbox);
    if (!address) return bad_address("5.1.7", "sender");
    mail.sender = std::move(*address);
  } else if (!parts->path.empty()) {
    return bad_address("5.1.7", "sender");
  }
  if (auto wrong = read_mail_parameters(parts->parameters, mail)) return unexpected(*wrong);
  if (mail.sender.needs_smtputf8() && !mail.smtputf8) {
    return unexpected(Reply(553, "5.6.7", "An address beyond ASCII needs the SMTPUTF8 parameter"));
  }
  return mail;
}

// rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path )
//        [SP Rcpt-parameters] CRLF                                           RFC 5321 §4.1.1.3
Parsed parse_rcpt(std::string_view arguments) {
  auto parts = split_path(arguments, "TO:");
  if (!parts) return unexpected(parts.error());
  RcptTo rcpt;
  const std::string_view mailbox = skip_source_route(parts->path);
  if (upper(mailbox) == "POSTMASTER") {
    rcpt.recipient.local = "postmaster";
  } else {
    auto address = parse_address(mailbox);
    if (!address) return bad_address("5.1.3", "recipient");
    rcpt.recipient = std::move(*address);
  }
  if (auto wrong = read_rcpt_parameters(parts->parameters, rcpt)) return unexpected(*wrong);
  return rcpt;
}

// bdat-cmd = "BDAT" SP chunk-size [ SP "LAST" ] CRLF                         RFC 3030 §2
Parsed parse_bdat(std::string_view arguments) {
  Bdat bdat;
  const char* end = arguments.data() + arguments.size();
  const auto [rest, error] = std::from_chars(arguments.data(), end, bdat.size);
  const std::string tail = upper(std::string_view(rest, static_cast<std::size_t>(end - rest)));
  bdat.last = tail == " LAST";
  if (error != std::errc{} || (!tail.empty() && !bdat.last)) {
    return bad_arguments("Syntax: BDAT size [LAST]");
  }
  return bdat;
}

// auth = "AUTH" SP sasl-mech [SP initial-response] CRLF                      RFC 4954 §4
Parsed parse_auth(std::string_view arguments) {
  const std::size_t space = arguments.find(' ');
  Auth auth{upper(arguments.substr(0, space)), std::nullopt};
  if (auth.mechanism.empty()) return bad_arguments("Syntax: AUTH mechanism [initial-response]");
  if (space != std::string_view::npos) {
    const std::string_view initial = arguments.substr(space + 1);
    if (initial.empty() || initial.find(' ') != std::string_view::npos) {
      return bad_arguments("Syntax: AUTH mechanism [initial-response]");
    }
    auth.initial = initial == "=" ? std::string() : std::string(initial);
  }
  return auth;
}

template <class Bare>
Parsed parse_bare(std::string_view arguments) {
  if (!arguments.empty()) return bad_arguments("That command takes no argument");
  return Bare{};
}

Parsed parse_noop(std::string_view) { return Noop{}; }
Parsed parse_help(std::string_view) { return Help{}; }
Parsed parse_vrfy(std::string_view who) {
  if (who.empty()) return bad_arguments("Syntax: VRFY address");
  return Vrfy{std::string(who)};
}
Parsed parse_expn(std::string_view list) {
  if (list.empty()) return bad_arguments("Syntax: EXPN list");
  return Expn{std::string(list)};
}

struct Verb {
  std::string_view name;
  Parsed (*parse)(std::string_view arguments);
};

constexpr std::array kVerbs{
    Verb{"EHLO", parse_greeting<Ehlo>},
    Verb{"HELO", parse_greeting<Helo>},
    Verb{"LHLO", parse_greeting<Lhlo>},
    Verb{"MAIL", parse_mail},
    Verb{"RCPT", parse_rcpt},
    Verb{"DATA", parse_bare<DataStart>},
    Verb{"BDAT", parse_bdat},
    Verb{"RSET", parse_bare<Rset>},
    Verb{"NOOP", parse_noop},
    Verb{"QUIT", parse_bare<Quit>},
    Verb{"STARTTLS", parse_bare<StartTls>},
    Verb{"AUTH", parse_auth},
    Verb{"VRFY", parse_vrfy},
    Verb{"EXPN", parse_expn},
    Verb{"HELP", parse_help},
};

bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(),
                     [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

// Command = verb *( SP argument ) CRLF                                       RFC 5321 §4.1.1
Parsed parse_command(std::string_view line) {
  if (has_control(line)) {
    return unexpected(Reply(500, "5.5.2", "A command has no NUL or other control characters"));
  }
  line = trim_end(line);
  const std::size_t space = line.find(' ');
  const std::string name = upper(line.substr(0, space));
  const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                 [&](const Verb& known) { return known.name == name; });
  if (verb == kVerbs.end()) {
    return unexpected(Reply(500, "5.5.2", "Command not known; HELP lists those that are"));
  }
  return verb->parse(space == std::string_view::npos ? std::string_view{}
                                                     : trim_front(line.substr(space)));
}

}  // namespace mail::smtp

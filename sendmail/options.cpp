#include "sendmail/options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/smtp_command.hpp"

namespace sendmail {
namespace {

using Parsed = mail::Result<void, std::string>;

// Letters with a value, which follows at once or is the next word.
constexpr std::string_view kWithValue = "ABbCFefhLNOopRrVX";
// Letters whose value, if they have one, follows at once.
constexpr std::string_view kWithValueAttached = "dq";
// Letters without a value that mean nothing here.
constexpr std::string_view kPassedOver = "cGmnUx";

// RFC 3461 §4.4: an ENVID is at most 100 octets, as xtext.
constexpr std::size_t kLongestEnvid = 100;

std::string upper(std::string_view text) {
  std::string letters(text);
  for (char& c : letters)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return letters;
}

Parsed wrong(std::string_view option, std::string_view value, std::string_view expected) {
  return mail::unexpected(fmt::format("-{} {}: expected {}", option, value, expected));
}

Parsed set_task(std::string_view value, Options& options) {
  using enum Options::Task;
  if (value == "m")
    options.task = kSend;
  else if (value == "s")
    options.task = kSession;
  else if (value == "p")
    options.task = kQueue;
  else if (value == "i")
    options.task = kAliases;
  else if (value == "d" || value == "D")
    return mail::unexpected(std::string("the server is smtpd; start that one"));
  else
    return wrong("b", value, "m, s, p or i");
  return {};
}

// never, or some of success, failure and delay
Parsed set_notify(std::string_view value, Options& options) {
  const std::string events = upper(value);
  constexpr std::string_view kExpected = "never, or some of success,failure,delay";
  for (std::string_view rest = events; events != "NEVER";) {
    const std::size_t comma = rest.find(',');
    const std::string_view event = mail::trim(rest.substr(0, comma));
    if (event != "SUCCESS" && event != "FAILURE" && event != "DELAY")
      return wrong("N", value, kExpected);
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  options.notify = events;
  std::erase_if(options.notify, mail::is_blank);
  return {};
}

Parsed set_ret(std::string_view value, Options& options) {
  options.ret = upper(value);
  if (options.ret != "FULL" && options.ret != "HDRS") return wrong("R", value, "full or hdrs");
  return {};
}

Parsed set_envid(std::string_view value, Options& options) {
  options.envid = mail::smtp::to_xtext(value);
  if (options.envid.empty() || options.envid.size() > kLongestEnvid)
    return wrong("V", value, "a name of at most 100 characters");
  return {};
}

Parsed set_value(char letter, const std::string& value, Options& options) {
  switch (letter) {
    case 'b': return set_task(value, options);
    case 'C': options.config = value; break;
    case 'F': options.full_name = value; break;
    case 'f':
    case 'r': options.sender = value; break;
    case 'N': return set_notify(value, options);
    case 'R': return set_ret(value, options);
    case 'V': return set_envid(value, options);
    case 'o':
      if (value.starts_with('i')) options.dot = Options::Dot::kIsText;
      break;
    case 'q':
      if (!value.empty()) return wrong("q", value, "nothing: the whole queue is tried");
      options.task = Options::Task::kFlush;
      break;
    default: break;
  }
  return {};
}

Parsed set_flag(char letter, Options& options) {
  switch (letter) {
    case 'i': options.dot = Options::Dot::kIsText; break;
    case 't': options.recipients_from = Options::Recipients::kHeaderToo; break;
    case 'v': options.words = Options::Words::kMany; break;
    case 'I': options.task = Options::Task::kAliases; break;
    default:
      if (kPassedOver.find(letter) == std::string_view::npos)
        return mail::unexpected(fmt::format("-{} is no option", letter));
  }
  return {};
}

/// Reads the letters of one word, and the next word when the last of them wants it.
Parsed take_letters(const std::vector<std::string>& words, std::size_t& at, Options& options) {
  const std::string& word = words[at];
  for (std::size_t i = 1; i < word.size(); ++i) {
    const char letter = word[i];
    if (kWithValueAttached.find(letter) != std::string_view::npos)
      return set_value(letter, word.substr(i + 1), options);
    if (kWithValue.find(letter) == std::string_view::npos) {
      if (const Parsed set = set_flag(letter, options); !set) return set;
      continue;
    }
    if (i + 1 < word.size()) return set_value(letter, word.substr(i + 1), options);
    if (at + 1 >= words.size()) return mail::unexpected(fmt::format("-{} needs a value", letter));
    return set_value(letter, words[++at], options);
  }
  return {};
}

}  // namespace

mail::Result<Options, std::string> parse_options(std::string_view program,
                                                 const std::vector<std::string>& words) {
  Options options;
  const std::string_view name = program.substr(program.rfind('/') + 1);
  if (name == "mailq") options.task = Options::Task::kQueue;
  if (name == "newaliases") options.task = Options::Task::kAliases;
  bool only_recipients = false;  // after "--"
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (only_recipients || !word.starts_with('-') || word == "-") {
      options.recipients.push_back(word);
    } else if (word == "--") {
      only_recipients = true;
    } else if (word == "--version" || word == "--help") {
      options.task = word == "--help" ? Options::Task::kHelp : Options::Task::kVersion;
    } else if (word.starts_with("--")) {
      return mail::unexpected(word + " is no option");
    } else if (const Parsed taken = take_letters(words, at, options); !taken) {
      return mail::unexpected(taken.error());
    }
  }
  return options;
}

}  // namespace sendmail

#include "mua/screen/letter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mail/ascii.hpp"
#include "mail/searchable.hpp"
#include "mua/draft.hpp"
#include "mua/exit_code.hpp"
#include "mua/printable.hpp"

namespace mua::screen {

namespace {

constexpr std::size_t kManyRecipients = 20;

std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return out;
}

void add(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out += fmt::format("{}: {}\n", name, one_line(value));
}

std::int64_t number_of(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "17 2.1 report.pdf"
Enclosure part_from(std::string_view value) {
  Enclosure out;
  const std::size_t first = std::min(value.find(' '), value.size());
  const std::size_t second = std::min(value.find(' ', first + 1), value.size());
  out.message = number_of(value.substr(0, first));
  out.number =
      value.substr(std::min(first + 1, value.size()), second - std::min(first + 1, second));
  out.name = value.substr(std::min(second + 1, value.size()));
  return out;
}

void take_field(Letter& letter, std::string_view name, std::string_view value) {
  if (name == "From")
    letter.from = value;
  else if (name == "To")
    letter.to = value;
  else if (name == "Cc")
    letter.cc = value;
  else if (name == "Bcc")
    letter.bcc = value;
  else if (name == "Subject")
    letter.subject = value;
  else if (name == "Attach")
    letter.enclosures.push_back({std::string(value), 0, "", ""});
  else if (name == "Part")
    letter.enclosures.push_back(part_from(value));
  else if (name == "In-Reply-To")
    letter.in_reply_to = value;
  else if (name == "Reference")
    letter.references.emplace_back(value);
  else if (name == "Answered")
    letter.answered = number_of(value);
  else if (name == "Forwarded")
    letter.forwarded = number_of(value);
  else if (name == "Supersedes")
    letter.supersedes = number_of(value);
  else if (name == "Message-ID")
    letter.message_id = value;
  else if (name == "Sealed") {
    letter.sign = value.find("signed") != std::string_view::npos;
    letter.encrypt = value.find("encrypted") != std::string_view::npos;
  }
}

/// What the writer wrote, without what is quoted and the signature.
std::string own_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line == "-- " || line.starts_with("---------- Forwarded")) break;
    if (!line.starts_with('>')) out += std::string(line) + "\n";
  }
  return out;
}

bool promises_attachment(const Letter& letter) {
  const std::string words = mail::casefold(letter.subject + "\n" + own_words(letter.text));
  for (std::string_view word :
       {"attach", "enclosed", "anhang", "angehängt", "ci-joint", "pièce jointe", "adjunt",
        "allegat", "첨부", "添付", "附件", "вложен"}) {
    if (words.find(mail::casefold(word)) != std::string::npos) return true;
  }
  return false;
}

/// "%20" decoded; what is no such sequence stays.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '%' && i + 2 < text.size() &&
                         mail::hex_value(text[i + 1]) >= 0 && mail::hex_value(text[i + 2]) >= 0;
    if (!escaped) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(mail::hex_value(text[i + 1]) * 16 + mail::hex_value(text[i + 2]));
    i += 2;
  }
  std::erase(out, '\r');
  return out;
}

void add_address(std::string& field, const std::string& more) {
  if (more.empty()) return;
  field += (field.empty() ? "" : ", ") + one_line(more);
}

}  // namespace

std::string typed_address(std::string_view name, std::string_view address) {
  std::string plain = printable(name);
  std::erase_if(plain, [](char c) { return c == '"' || c == '\\'; });
  if (plain.empty()) return printable(address);
  if (plain.find_first_of(",<>@()[]:;") != std::string::npos) plain = "\"" + plain + "\"";
  return fmt::format("{} <{}>", plain, printable(address));
}

std::string typed_addresses(const std::vector<mail::NamedAddress>& list) {
  std::string out;
  for (const mail::NamedAddress& one : list) {
    if (!out.empty()) out += ", ";
    out += typed_address(one.name, one.address.to_string());
  }
  return out;
}

std::string to_text(const Letter& letter) {
  std::string out;
  add(out, "From", letter.from);
  add(out, "To", letter.to);
  add(out, "Cc", letter.cc);
  add(out, "Bcc", letter.bcc);
  add(out, "Subject", letter.subject);
  for (const Enclosure& one : letter.enclosures) {
    if (one.message == 0)
      add(out, "Attach", one.path);
    else
      add(out, "Part", fmt::format("{} {} {}", one.message, one.number, one.name));
  }
  add(out, "In-Reply-To", letter.in_reply_to);
  for (const std::string& id : letter.references) add(out, "Reference", id);
  if (letter.answered != 0) add(out, "Answered", std::to_string(letter.answered));
  if (letter.forwarded != 0) add(out, "Forwarded", std::to_string(letter.forwarded));
  if (letter.supersedes != 0) add(out, "Supersedes", std::to_string(letter.supersedes));
  add(out, "Message-ID", letter.message_id);
  if (letter.sign || letter.encrypt) {
    add(out, "Sealed",
        fmt::format("{} {}", letter.sign ? "signed" : "", letter.encrypt ? "encrypted" : ""));
  }
  return out + "\n" + letter.text;
}

Letter letter_from_text(std::string_view text) {
  Letter letter;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) {
      take_field(letter, line.substr(0, colon), line.substr(colon + 2));
    }
  }
  letter.text = text;
  return letter;
}

std::string doubts(const Letter& letter) {
  std::string out;
  const auto doubt = [&](std::string_view what) {
    out += (out.empty() ? "" : ", ") + std::string(what);
  };
  if (mail::trim(letter.subject).empty()) doubt("no subject");
  if (letter.enclosures.empty() && promises_attachment(letter)) doubt("nothing is attached");
  const std::size_t commas =
      static_cast<std::size_t>(std::count(letter.to.begin(), letter.to.end(), ',') +
                               std::count(letter.cc.begin(), letter.cc.end(), ','));
  if (commas + 1 > kManyRecipients) doubt(fmt::format("about {} recipients", commas + 1));
  return out;
}

mail::Draft make_draft(const Letter& letter, const Account& account, mail::DateTime now) {
  const auto self = mail::parse_address(account.address);
  if (!self) throw Failure(ExitCode::kFailed, account.address + " is no mail address");
  const auto list = [](const std::string& field) {
    std::string_view text = mail::trim(field);
    while (text.ends_with(',')) text = mail::trim(text.substr(0, text.size() - 1));
    return text.empty() ? std::vector<mail::NamedAddress>{} : parse_recipients({std::string(text)});
  };
  mail::Draft draft;
  draft.from = {account.name, *self};
  if (const auto from = list(letter.from); !from.empty()) draft.from = from.front();
  draft.to = list(letter.to);
  draft.cc = list(letter.cc);
  draft.bcc = list(letter.bcc);
  draft.subject = letter.subject;
  draft.text = letter.text;
  draft.in_reply_to = letter.in_reply_to;
  draft.references = letter.references;
  draft.date = now;
  draft.message_id = letter.message_id.empty() ? mail::make_message_id(draft.from.address.domain)
                                               : letter.message_id;
  return draft;
}

// mailtoURI = "mailto:" [ to ] [ "?" hfield *( "&" hfield ) ]
Letter letter_from_mailto(std::string_view link) {
  Letter letter;
  if (!mail::same_ignoring_case(link.substr(0, 7), "mailto:")) {
    letter.to = one_line(link);
    return letter;
  }
  link.remove_prefix(7);
  const std::size_t query = std::min(link.find('?'), link.size());
  letter.to = one_line(percent_decoded(link.substr(0, query)));
  link.remove_prefix(std::min(query + 1, link.size()));
  while (!link.empty()) {
    const std::size_t end = std::min(link.find('&'), link.size());
    const std::string_view field = link.substr(0, end);
    link.remove_prefix(std::min(end + 1, link.size()));
    const std::size_t equals = std::min(field.find('='), field.size());
    const std::string name = mail::ascii_lower(field.substr(0, equals));
    const std::string value = percent_decoded(field.substr(std::min(equals + 1, field.size())));
    if (name == "to")
      add_address(letter.to, value);
    else if (name == "cc")
      add_address(letter.cc, value);
    else if (name == "bcc")
      add_address(letter.bcc, value);
    else if (name == "subject")
      letter.subject = one_line(value);
    else if (name == "in-reply-to")
      letter.in_reply_to = one_line(value);
    else if (name == "body")
      letter.text = value;
  }
  return letter;
}

}  // namespace mua::screen

#include "mua/screen/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mua/rows.hpp"
#include "mua/screen/invitation_card.hpp"

namespace mua::screen {

namespace {

constexpr int kCardWidth = 72;
constexpr std::size_t kMostPeopleLines = 4;

Tone tone_of_quote(unsigned quote) {
  constexpr std::array kTones{Tone::kQuote1, Tone::kQuote2, Tone::kQuote3};
  return quote == 0 ? Tone::kText : kTones[(quote - 1) % kTones.size()];
}

/// "Name: value", continued below the value.
void add_field(std::vector<Line>& page, std::string_view name, std::string_view value, int width) {
  if (value.empty()) return;
  const std::string label = fmt::format("{}: ", name);
  const auto indent = static_cast<int>(label.size());
  bool first = true;
  for (const std::string& piece : wrap({0, std::string(value)}, std::max(width - indent, 10))) {
    const std::string head = first ? label : std::string(label.size(), ' ');
    page.push_back({head + piece, Tone::kText, first ? label.size() : 0});
    first = false;
  }
}

/// Of very many the first ones, and how many they are.
void add_people(std::vector<Line>& page, std::string_view name,
                const std::vector<mail::NamedAddress>& people, int width) {
  const std::size_t before = page.size();
  add_field(page, name, address_list_text(people), width);
  if (page.size() - before <= kMostPeopleLines) return;
  page.resize(before + kMostPeopleLines);
  page.push_back({fmt::format("{}… {} in all", std::string(name.size() + 2, ' '), people.size()),
                  Tone::kDim, 0});
}

void add_usual_fields(std::vector<Line>& page, const sync::Header& header, int width) {
  add_field(page, "From", address_list_text(header.from), width);
  add_people(page, "To", header.to, width);
  add_people(page, "Cc", header.cc, width);
  add_field(page, "Date", header.date, width);
  add_field(page, "Subject", header.subject.empty() ? "(no subject)" : header.subject, width);
}

std::string single_blanks(std::string text) {
  const auto both = [](char a, char b) { return a == ' ' && b == ' '; };
  std::replace(text.begin(), text.end(), '\t', ' ');
  text.erase(std::unique(text.begin(), text.end(), both), text.end());
  return text;
}

void add_all_fields(std::vector<Line>& page, const std::string& octets, int width) {
  mail::HeaderReader reader(octets);
  while (const auto field = reader.next()) {
    if (field->name.empty()) continue;
    add_field(page, field->name, mail::decode_words(single_blanks(mail::unfold(field->value))),
              width);
  }
}

void add_chips(std::vector<Line>& page, const std::vector<Chip>& chips, int width) {
  std::string line;
  for (std::size_t i = 0; i < chips.size(); ++i) {
    const std::string chip =
        fmt::format("[{} {} {}]", i + 1, chips[i].name, size_text(chips[i].size));
    if (!line.empty() && columns(line) + 1 + columns(chip) > width) {
      page.push_back({line, Tone::kChip, 0});
      line.clear();
    }
    line += (line.empty() ? "" : " ") + chip;
  }
  if (!line.empty()) page.push_back({line, Tone::kChip, 0});
}

void add_text(std::vector<Line>& page, const ReadText& text, int width) {
  bool signature = false;
  for (const Paragraph& paragraph : paragraphs(text.text, text.flow)) {
    signature = signature || (paragraph.quote == 0 && paragraph.text == "-- ");
    const Tone tone =
        signature && paragraph.quote == 0 ? Tone::kDim : tone_of_quote(paragraph.quote);
    for (std::string& line : wrap(paragraph, width)) page.push_back({std::move(line), tone, 0});
  }
}

/// "3 remote pictures not loaded, 1 tracker among them"
void add_remote(std::vector<Line>& page, const Remote& remote) {
  if (remote.pictures == 0) return;
  const auto count = [](unsigned number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
  };
  std::string text = count(remote.pictures, "remote picture") + " not loaded";
  if (remote.trackers > 0) text += ", " + count(remote.trackers, "tracker") + " among them";
  page.push_back({std::move(text), Tone::kDim, 0});
}

void add_seals(std::vector<Line>& page, const std::vector<Line>& seals, int width) {
  for (const Line& seal : seals) {
    for (std::string& line : wrap({0, seal.text}, width))
      page.push_back({std::move(line), seal.tone, 0});
  }
}

void add_invitation(std::vector<Line>& page, const ReadMessage& message, int width) {
  if (!message.calendar_trouble.empty()) {
    page.push_back({"the calendar that came with it can't be shown: " + message.calendar_trouble,
                    Tone::kDim, 0});
  }
  if (!message.invitation) return;
  page.push_back({});
  for (Line& line : invitation_card(*message.invitation, std::min(width, kCardWidth))) {
    page.push_back(std::move(line));
  }
}

/// All of it is here, and there is nothing to read.
bool is_blank(const ReadMessage& message) {
  const bool has_more = !message.missing.empty() || !message.seals.empty() || message.invitation ||
                        !message.attachments.empty();
  return !has_more && std::all_of(message.texts.begin(), message.texts.end(), [](const auto& one) {
    return one.text.find_first_not_of(" \t\r\n") == std::string::npos;
  });
}

bool ends_link(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"' || c == '`';
}

/// Without what stands around an address in a sentence.
std::string_view trim_link(std::string_view link) {
  while (!link.empty()) {
    const char last = link.back();
    const bool closes = last == ')' && link.find('(') == std::string_view::npos;
    if (!closes && std::string_view(".,;:!?'*]").find(last) == std::string_view::npos) break;
    link.remove_suffix(1);
  }
  return link;
}

}  // namespace

std::string size_text(std::uint64_t octets) {
  if (octets < 1000) return fmt::format("{} B", octets);
  if (octets < 1'000'000) return fmt::format("{} KB", (octets + 500) / 1000);
  return fmt::format("{:.1f} MB", static_cast<double>(octets) / 1e6);
}

std::vector<Line> make_page(const ReadMessage& message, int width) {
  std::vector<Line> page;
  if (message.all_fields.empty())
    add_usual_fields(page, message.header, width);
  else
    add_all_fields(page, message.all_fields, width);
  add_chips(page, message.attachments, width);
  add_remote(page, message.remote);
  add_seals(page, message.seals, width);
  add_invitation(page, message, width);
  page.push_back({});
  for (std::size_t i = 0; i < message.texts.size(); ++i) {
    if (i > 0) page.push_back({});
    add_text(page, message.texts[i], width);
  }
  if (!message.missing.empty()) page.push_back({message.missing, Tone::kDim, 0});
  if (is_blank(message)) page.push_back({"(no text)", Tone::kDim, 0});
  return page;
}

std::vector<std::string> links_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t found = std::string_view::npos;
    for (std::string_view scheme : {"https://", "http://", "mailto:", "ftp://"}) {
      found = std::min(found, text.find(scheme, at));
    }
    if (found == std::string_view::npos) break;
    std::size_t end = found;
    while (end < text.size() && !ends_link(text[end])) ++end;
    const std::string link(trim_link(text.substr(found, end - found)));
    if (std::find(out.begin(), out.end(), link) == out.end()) out.push_back(link);
    at = std::max(end, found + 1);
  }
  return out;
}

}  // namespace mua::screen

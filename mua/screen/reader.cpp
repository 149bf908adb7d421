#include "mua/screen/reader.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"
#include "mail/message_ids.hpp"
#include "mail/searchable.hpp"
#include "mua/crypt/open.hpp"
#include "mua/html_text.hpp"
#include "mua/screen/seal_lines.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {

// Lines longer than this read badly, however wide the terminal is.
constexpr int kWidest = 100;
// With "> " before it it still fits into 80 columns, and so do lines that others broke at 78.
constexpr int kQuotedWidth = 78;

Flow flow_of(const mail::imap::BodyPart& part) {
  if (part.subtype != "plain") return Flow::kFixed;
  if (!mail::same_ignoring_case(mail::parameter(part.parameters, "format"), "flowed")) {
    return Flow::kFixed;
  }
  return mail::same_ignoring_case(mail::parameter(part.parameters, "delsp"), "yes")
             ? Flow::kFlowedDelSp
             : Flow::kFlowed;
}

const mail::imap::BodyPart* find_part(const mail::imap::BodyPart& part, std::string_view number) {
  if (part.number == number) return &part;
  for (const mail::imap::BodyPart& child : part.children) {
    if (const auto* found = find_part(child, number)) return found;
  }
  return nullptr;
}

sync::Header header_from(std::string_view octets) {
  sync::Header header;
  header.from = mail::parse_address_list(mail::field_value(octets, "From"));
  header.reply_to = mail::parse_address_list(mail::field_value(octets, "Reply-To"));
  header.to = mail::parse_address_list(mail::field_value(octets, "To"));
  header.cc = mail::parse_address_list(mail::field_value(octets, "Cc"));
  header.subject = mail::decode_words(mail::field_value(octets, "Subject"));
  header.date = mail::field_value(octets, "Date");
  header.message_id = mail::field_value(octets, "Message-ID");
  header.references = mail::message_ids(mail::field_value(octets, "References"), 100);
  return header;
}

/// About as large as it is when it is saved: a line of base64 has 57 octets in 78.
std::uint64_t saved_size(const mail::imap::BodyPart& part) {
  return mail::same_ignoring_case(part.encoding, "base64") ? part.size * 57 / 78 : part.size;
}

Remote count_remote(const mail::imap::BodyPart& part, const std::string& octets) {
  if (part.subtype != "html") return {};
  return remote_pictures(
      mail::to_utf8(part_octets(part, octets), mail::parameter(part.parameters, "charset")));
}

}  // namespace

Reader::Reader(sync::LocalStore& store, sync::MessageId message, std::string inside,
               std::shared_ptr<const MemoryMail> around)
    : store_(store), id_(message), inside_(std::move(inside)), memory_(std::move(around)) {
  message_.missing = "fetching the text…";
  load();
}

/// What is read: the message, or the one inside the part.
const mail::imap::BodyPart* Reader::root() const {
  const bool is_whole = inside_.empty() || (unsealed_ && unsealed_->mail);
  if (!structure_ || is_whole) return structure_ ? &*structure_ : nullptr;
  const mail::imap::BodyPart* part = find_part(*structure_, inside_);
  return part && !part->children.empty() ? &part->children.front() : nullptr;
}

std::optional<std::string> Reader::octets(const std::string& number) const {
  return memory_ ? memory_->octets(number) : sync::Bodies(store_).octets(id_, number);
}

std::string Reader::header_number() const {
  // What was opened of an attached message is a message of its own.
  const bool is_whole = inside_.empty() || (unsealed_ && unsealed_->mail);
  return is_whole ? "HEADER" : inside_ + ".HEADER";
}

bool Reader::load_header() {
  if (inside_.empty()) {
    auto header = sync::MessageList(store_).header(id_);
    if (header) message_.header = std::move(*header);
    if (!memory_) return true;
  }
  const auto header = octets(header_number());
  if (!header) return false;
  sync::Row row = std::move(message_.header.row);
  message_.header = header_from(*header);
  message_.header.row = std::move(row);
  return true;
}

void Reader::list_attachments(const Reading& reading) {
  attachments_.clear();
  message_.attachments.clear();
  for (const AttachedPart& attached : reading.attachments) {
    attachments_.push_back({*attached.part, attached.name, memory_});
    message_.attachments.push_back({attached.name,
                                    attached.part->type + "/" + attached.part->subtype,
                                    saved_size(*attached.part)});
  }
}

/// The card, or why there is none.
void Reader::read_calendar(const Reading& reading) {
  calendar_.clear();
  message_.invitation.reset();
  message_.calendar_trouble.clear();
  if (!reading.calendar) return;
  const std::string octets = this->octets(reading.calendar->number).value_or("");
  const std::string_view charset = mail::parameter(reading.calendar->parameters, "charset");
  std::string text =
      mail::to_utf8(part_octets(*reading.calendar, octets), charset.empty() ? "utf-8" : charset);
  auto invitation = calendar::read_invitation(text);
  if (!invitation) {
    message_.calendar_trouble = invitation.error();
    return;
  }
  message_.invitation = std::move(*invitation);
  calendar_ = std::move(text);
}

bool Reader::load() {
  stale_ = true;
  const bool has_header = load_header();
  structure_ = memory_ ? memory_->structure() : sync::Bodies(store_).structure(id_);
  if (!root()) return false;
  const Reading reading = plan_reading(*root());
  list_attachments(reading);
  std::vector<ReadText> texts;
  Remote remote;
  for (const mail::imap::BodyPart* part : reading.needed()) {
    const auto came = octets(part->number);
    if (!came) return false;
    if (part == reading.calendar) continue;
    texts.push_back({part_text(*part, *came), flow_of(*part)});
    const Remote counted = count_remote(*part, *came);
    remote.pictures += counted.pictures;
    remote.trackers += counted.trackers;
  }
  if (!has_header) return false;
  read_calendar(reading);
  sealed_ = sealed_ || crypt::is_sealed(*root()) ||
            std::any_of(texts.begin(), texts.end(),
                        [](const ReadText& text) { return crypt::is_sealed_text(text.text); });
  message_.texts = std::move(texts);
  message_.remote = remote;
  message_.missing.clear();
  complete_ = true;
  return true;
}

void Reader::show(Unsealed unsealed) {
  unsealed_ = std::move(unsealed);
  if (unsealed_->mail) memory_ = unsealed_->mail;
  load();
  message_.seals = seal_lines(unsealed_->seals, message_.header.from);
}

void Reader::say_of_seals(std::string words) {
  message_.seals = {{std::move(words), Tone::kDim, 0}};
  stale_ = true;
}

std::vector<std::string> Reader::missing_parts() const {
  if (memory_) return {};
  sync::Bodies bodies(store_);
  std::vector<std::string> wanted{inside_ + ".HEADER"}, out;
  if (root()) {
    for (const mail::imap::BodyPart* part : plan_reading(*root()).needed())
      wanted.push_back(part->number);
  }
  for (std::string& number : wanted) {
    if (!bodies.has(id_, number)) out.push_back(std::move(number));
  }
  return out;
}

void Reader::failed(const std::string& why) {
  if (complete_) return;
  message_.missing = "the text could not be fetched: " + why;
  stale_ = true;
}

std::string Reader::text() const {
  std::string out;
  for (const ReadText& text : message_.texts) {
    for (const Paragraph& paragraph : paragraphs(text.text, text.flow)) {
      for (const std::string& line : wrap(paragraph, kQuotedWidth)) out += line + "\n";
    }
  }
  return out;
}

void Reader::show_fields(Fields fields) {
  fields_ = fields;
  message_.all_fields.clear();
  if (fields == Fields::kAll) {
    message_.all_fields = octets(header_number()).value_or("");
  }
  top_ = 0;
  stale_ = true;
}

void Reader::lay_out() {
  page_ = make_page(message_, std::min(columns_ - 2, kWidest));
  top_ = std::min(top_, last_top());
  stale_ = false;
}

int Reader::last_top() const { return std::max(0, static_cast<int>(page_.size()) - rows_); }

bool Reader::scroll(int lines) {
  const int before = top_;
  top_ = std::clamp(top_ + lines, 0, last_top());
  return top_ != before;
}

bool Reader::find(std::string_view text) {
  found_ = mail::casefold(text);
  if (found_.empty()) return false;
  // What came since it was painted is searched too.
  if (stale_ && columns_ > 0) lay_out();
  for (std::size_t i = 1; i <= page_.size(); ++i) {
    const std::size_t line = (static_cast<std::size_t>(top_) + i) % page_.size();
    if (mail::casefold(page_[line].text).find(found_) == std::string::npos) continue;
    top_ = std::min(static_cast<int>(line), last_top());
    return true;
  }
  return false;
}

Spot Reader::spot(Position at) const {
  return {static_cast<std::size_t>(std::max(top_ + at.row - corner_.row, 0)),
          std::max(at.column - corner_.column - 1, 0)};
}

std::vector<std::string> Reader::links() const {
  std::vector<std::string> out;
  for (const ReadText& text : message_.texts) {
    for (std::string& link : links_in(text.text)) out.push_back(std::move(link));
  }
  return out;
}

void Reader::paint(Canvas& canvas, Area area) {
  if (stale_ || area.columns != columns_ || area.rows != rows_) {
    columns_ = area.columns;
    rows_ = area.rows;
    lay_out();
  }
  corner_ = {area.row, area.column};
  canvas.fill(area, {});
  for (int row = 0; row < rows_ && top_ + row < static_cast<int>(page_.size()); ++row) {
    const Line& line = page_[static_cast<std::size_t>(top_ + row)];
    const Position at{area.row + row, area.column + 1};
    const bool found =
        !found_.empty() && mail::casefold(line.text).find(found_) != std::string::npos;
    // The name apart, or a value from right to left would turn it around too.
    const std::string_view text = line.text;
    const int name = canvas.put(at, text.substr(0, line.name), {Tone::kField, false}, columns_ - 1);
    canvas.put({at.row, at.column + name}, text.substr(line.name),
               {found ? Tone::kMatch : line.tone, false}, columns_ - 1 - name);
  }
}

}  // namespace mua::screen

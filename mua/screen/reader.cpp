#include "mua/screen/reader.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/searchable.hpp"
#include "mua/parts.hpp"
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

}  // namespace

Reader::Reader(sync::LocalStore& store, sync::MessageId message) : store_(store), id_(message) {
  message_.missing = "fetching the text…";
  load();
}

bool Reader::load() {
  sync::MessageList list(store_);
  sync::Bodies bodies(store_);
  if (auto header = list.header(id_)) message_.header = std::move(*header);
  columns_ = 0;
  const auto structure = bodies.structure(id_);
  if (!structure) return false;
  const Reading reading = plan_reading(*structure);
  attachments_.clear();
  message_.attachments.clear();
  for (const AttachedPart& attached : reading.attachments) {
    attachments_.push_back({*attached.part, attached.name});
    message_.attachments.push_back(
        {attached.name, attached.part->type + "/" + attached.part->subtype, attached.part->size});
  }
  if (!bodies.readable(id_)) return false;
  message_.texts.clear();
  for (const mail::imap::BodyPart* part : reading.texts) {
    const auto octets = bodies.octets(id_, part->number);
    message_.texts.push_back({part_text(*part, octets.value_or("")), flow_of(*part)});
  }
  message_.missing.clear();
  complete_ = true;
  return true;
}

void Reader::failed(const std::string& why) {
  if (complete_) return;
  message_.missing = "the text could not be fetched: " + why;
  columns_ = 0;
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
    message_.all_fields = sync::Bodies(store_).octets(id_, "HEADER").value_or("");
  }
  top_ = 0;
  columns_ = 0;
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
  for (std::size_t i = 1; i <= page_.size(); ++i) {
    const std::size_t line = (static_cast<std::size_t>(top_) + i) % page_.size();
    if (mail::casefold(page_[line].text).find(found_) == std::string::npos) continue;
    top_ = std::min(static_cast<int>(line), last_top());
    return true;
  }
  return false;
}

void Reader::paint(Canvas& canvas, Area area) {
  if (area.columns != columns_ || area.rows != rows_) {
    columns_ = area.columns;
    rows_ = area.rows;
    page_ = make_page(message_, std::min(columns_ - 2, kWidest));
    top_ = std::min(top_, last_top());
  }
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

#include "imapd/fetch_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mail/date.hpp"
#include "mail/imap_response.hpp"
#include "mailstore/flags.hpp"
#include "mailstore/snapshot.hpp"

namespace imapd {

namespace {

using mail::FetchAttribute;

constexpr std::size_t kPiece = 256u << 10;  // a millisecond's work
constexpr std::size_t kBatch = 256;         // messages a read of the store

bool is_in_view(const mail::FetchItem& item) {
  const auto* attribute = std::get_if<FetchAttribute>(&item);
  return attribute && (*attribute == FetchAttribute::kUid || *attribute == FetchAttribute::kFlags ||
                       *attribute == FetchAttribute::kModSeq);
}

std::string_view name_of(mail::FetchBody::Name name) {
  using enum mail::FetchBody::Name;
  switch (name) {
    case kRfc822: return "RFC822";
    case kRfc822Header: return "RFC822.HEADER";
    case kRfc822Text: return "RFC822.TEXT";
    case kBody: break;
  }
  return "BODY";
}

std::size_t count(const std::vector<mail::NumberRange>& ranges) {
  std::size_t numbers = 0;
  for (const auto& range : ranges) numbers += range.last - range.first + 1;
  return numbers;
}

void append_origin(std::string& out, const std::optional<mail::Partial>& partial) {
  if (!partial) return;
  out += '<';
  mail::append_number(out, partial->offset);
  out += '>';
}

}  // namespace

FetchRun::FetchRun(Selected& selected, const Enabled& enabled, mail::FetchArguments arguments,
                   std::vector<mail::NumberRange> sequence, Numbering numbering)
    : selected_(selected),
      enabled_(enabled),
      arguments_(std::move(arguments)),
      sequence_(std::move(sequence)) {
  auto& items = arguments_.items;
  auto imply = [&items](FetchAttribute attribute) {
    if (!asks_for(items, attribute)) items.insert(items.begin(), attribute);
  };
  if (arguments_.changed_since) imply(FetchAttribute::kModSeq);
  if (numbering == Numbering::kUid && !enabled_.uid_only) imply(FetchAttribute::kUid);
  reads_store_ = !std::all_of(items.begin(), items.end(), is_in_view);
  bool asks_seen = std::any_of(items.begin(), items.end(), mail::sets_seen);
  sets_seen_ = asks_seen && selected_.may(mail::Right::kSeen);
  mailstore::Columns columns{.envelope = asks_for(items, FetchAttribute::kEnvelope),
                             .body = asks_for(items, FetchAttribute::kBody),
                             .body_structure = asks_for(items, FetchAttribute::kBodyStructure),
                             .thread = asks_for(items, FetchAttribute::kThreadId)};
  // Which of the messages it shows are gone is known of a view that holds no expunges alone.
  auto wanted = selected_.holds_expunges() ? 0 : count(sequence_);
  if (reads_store_) source_.emplace(selected_.mailbox(), selected_.view(), columns, wanted);
  std::reverse(sequence_.begin(), sequence_.end());
}

bool FetchRun::render(mailstore::Account& account, std::string& out) {
  auto full = out.size() + kPiece;
  std::optional<mailstore::Snapshot> snapshot;
  if (reads_store_ && !sets_seen_) snapshot.emplace(account);
  while (out.size() < full) {
    if (literal_) {
      render_literal(out);
      continue;
    }
    if (batch_.empty() && !load(account)) return false;
    if (!batch_.empty()) render_message(account, out);
  }
  return true;
}

// The next message, in order, that CHANGEDSINCE lets pass.
std::optional<std::uint32_t> FetchRun::next_sequence() {
  while (!sequence_.empty()) {
    auto& range = sequence_.back();
    auto number = range.first++;
    if (range.first > range.last) sequence_.pop_back();
    bool old =
        arguments_.changed_since && selected_.message(number).mod_seq <= *arguments_.changed_since;
    if (!old) return number;
  }
  return std::nullopt;
}

bool FetchRun::load(mailstore::Account& account) {
  std::vector<std::uint32_t> numbers;
  std::vector<mail::NumberRange> uids;
  while (numbers.size() < kBatch) {
    auto number = next_sequence();
    if (!number) break;
    auto uid = selected_.message(*number).uid;
    bool adjoins = !numbers.empty() && *number == numbers.back() + 1;
    if (adjoins)
      uids.back().last = uid;
    else
      uids.push_back({uid, uid});
    numbers.push_back(*number);
  }
  if (numbers.empty()) {
    if (source_) source_->finish();
    return false;
  }
  if (sets_seen_) mark_seen(account, uids);
  read(account, numbers, uids);
  return true;
}

void FetchRun::read(mailstore::Account& account, const std::vector<std::uint32_t>& numbers,
                    const std::vector<mail::NumberRange>& uids) {
  auto next = numbers.begin();
  auto keep = [&](mailstore::StoredMessage&& message) {
    while (next != numbers.end() && selected_.message(*next).uid < message.uid) ++next;
    if (next != numbers.end() && selected_.message(*next).uid == message.uid) {
      batch_.push_back({*next, std::move(message)});
    }
  };
  if (source_) {
    source_->read(account, uids, keep);
    missed_ |= batch_.size() < numbers.size();
    return;
  }
  for (auto number : numbers) {
    mailstore::StoredMessage message;
    message.uid = selected_.message(number).uid;
    keep(std::move(message));
  }
}

void FetchRun::mark_seen(mailstore::Account& account, const std::vector<mail::NumberRange>& uids) {
  newly_seen_.clear();
  for (auto range : uids) {
    auto sequence = selected_.sequence_of(range.first);
    for (; *sequence <= selected_.size(); ++*sequence) {
      const auto& state = selected_.message(*sequence);
      if (state.uid > range.last) break;
      if ((state.flags & mail::kSeen) == 0) newly_seen_.push_back(state.uid);
    }
  }
  if (newly_seen_.empty()) return;
  mail::FlagSet seen;
  seen.system = mail::kSeen;
  auto ranges = mail::SequenceSet::of(newly_seen_).ranges();
  auto stored = mailstore::store_flags(account, selected_.mailbox(), ranges,
                                       mailstore::FlagChange::kAdd, seen);
  if (!stored) return newly_seen_.clear();
  selected_.update(stored->messages);
  selected_.advance(stored->before, stored->after);
}

void FetchRun::render_message(mailstore::Account& account, std::string& out) {
  const auto& [sequence, message] = batch_.front();
  if (item_ == 0) {
    out += "* ";
    mail::append_number(out, enabled_.uid_only ? message.uid : sequence);
    out += enabled_.uid_only ? " UIDFETCH " : " FETCH ";
  }
  MessageOctets octets(account, selected_.mailbox(), message, selected_.scanned_parts);
  while (item_ < arguments_.items.size() && !literal_) {
    out += item_ == 0 ? '(' : ' ';
    render_item(arguments_.items[item_++], octets, out);
  }
  if (literal_) return;
  render_news(octets, out);
  out += ")\r\n";
  item_ = 0;
  batch_.pop_front();
}

// What the client didn't ask for and has to know: that reading set \Seen, and what it keeps its
// place by (RFC 7162 §3.1, §3.2.4).
void FetchRun::render_news(MessageOctets& octets, std::string& out) {
  auto uid = batch_.front().message.uid;
  if (!std::binary_search(newly_seen_.begin(), newly_seen_.end(), uid)) return;
  auto tell = [&](FetchAttribute attribute) {
    if (asks_for(arguments_.items, attribute)) return;
    out += ' ';
    render_attribute(attribute, octets, out);
  };
  if (enabled_.uid_with_flags()) tell(FetchAttribute::kUid);
  tell(FetchAttribute::kFlags);
  if (enabled_.condstore) tell(FetchAttribute::kModSeq);
}

void FetchRun::render_literal(std::string& out) {
  auto& left = literal_->left;
  auto end = std::min<std::uint64_t>(left.begin + kPiece, left.end);
  if (literal_->decoded)
    literal_->decoded->append_to(out, *literal_->content, left.begin, end);
  else
    literal_->content->append_to(out, left.begin, end);
  left.begin = end;
  if (left.begin == left.end) literal_.reset();
}

void FetchRun::render_item(const mail::FetchItem& item, MessageOctets& octets, std::string& out) {
  if (const auto* attribute = std::get_if<FetchAttribute>(&item))
    render_attribute(*attribute, octets, out);
  else if (const auto* body = std::get_if<mail::FetchBody>(&item))
    render_body(*body, octets, out);
  else if (const auto* binary = std::get_if<mail::FetchBinary>(&item)) {
    render_binary(*binary, octets, out);
  } else {
    render_binary_size(std::get<mail::FetchBinarySize>(item), octets, out);
  }
}

// "UID 7", "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"", "ENVELOPE (...)"
void FetchRun::render_attribute(FetchAttribute attribute, MessageOctets& octets, std::string& out) {
  const auto& [sequence, message] = batch_.front();
  const auto& state = selected_.message(sequence);
  auto number = [&out](std::string_view name, std::uint64_t value) {
    out += name;
    mail::append_number(out, value);
  };
  auto date = [&out](std::string_view name, mail::DateTime value) {
    out.append(name).append(" \"").append(mail::render_internal_date(value)).append("\"");
  };
  switch (attribute) {
    case FetchAttribute::kUid: return number("UID ", message.uid);
    case FetchAttribute::kSize: return number("RFC822.SIZE ", message.size);
    case FetchAttribute::kModSeq:
      number("MODSEQ (", state.mod_seq);
      out += ')';
      return;
    case FetchAttribute::kFlags:
      append_flags(out, state.flags, selected_.view().keywords,
                   selected_.recency(message.uid, enabled_));
      return;
    case FetchAttribute::kInternalDate:
      return date("INTERNALDATE", {message.internal_date, message.zone_minutes});
    case FetchAttribute::kSaveDate: return date("SAVEDATE", {message.save_date, 0});
    case FetchAttribute::kEmailId:
    case FetchAttribute::kThreadId: return render_object_id(attribute, octets, out);
    case FetchAttribute::kPreview:
      out += "PREVIEW ";
      return mail::append_string(out, octets.preview(), enabled_.quotes());
    case FetchAttribute::kEnvelope: out.append("ENVELOPE ").append(message.envelope); return;
    case FetchAttribute::kBody: out.append("BODY ").append(message.body); return;
    case FetchAttribute::kBodyStructure:
      out.append("BODYSTRUCTURE ").append(message.body_structure);
      return;
  }
}

// "EMAILID (M6d99ac3275bb4e)", "THREADID (T64b478a75b7ea9)"
void FetchRun::render_object_id(FetchAttribute attribute, MessageOctets& octets, std::string& out) {
  bool is_thread = attribute == FetchAttribute::kThreadId;
  out += is_thread ? "THREADID (" : "EMAILID (";
  if (!is_thread && !ids_) ids_ = octets.object_ids();
  out += is_thread ? mailstore::thread_id(octets.thread()) : octets.email_id(*ids_);
  out += ')';
}

// "BODY[1.2]<0> {5}"
void FetchRun::render_body(const mail::FetchBody& body, MessageOctets& octets, std::string& out) {
  out += name_of(body.name);
  if (body.name == mail::FetchBody::Name::kBody) {
    out += '[';
    out += mail::render_section(body.section);
    out += ']';
  }
  append_origin(out, body.partial);
  out += ' ';
  render_octets(octets.section(body.section), body.partial, octets, out);
}

void FetchRun::render_octets(const Octets& found, const std::optional<mail::Partial>& partial,
                             const MessageOctets& octets, std::string& out) {
  if (const auto* text = std::get_if<std::string>(&found)) {
    auto part = cut(partial, std::string_view(*text));
    mail::append_literal_head(out, part.size());
    out += part;
    return;
  }
  const auto* whole = std::get_if<OctetRange>(&found);
  if (!whole) {
    unknown_encoding_ |= std::holds_alternative<UnknownEncoding>(found);
    out += "NIL";
    return;
  }
  auto range = cut(partial, *whole);
  auto size = range.end - range.begin;
  if (size > kPiece) return open_literal(range, octets, out);
  auto text = size > 0 ? octets.read(range) : std::string();
  if (!text) return render_missed(out);
  mail::append_literal_head(out, text->size());
  out += *text;
}

void FetchRun::open_literal(OctetRange range, const MessageOctets& octets, std::string& out,
                            LargePart decoded) {
  auto content = octets.hold();
  if (!content) return render_missed(out);
  mail::append_literal_head(out, range.end - range.begin);
  auto held = std::make_shared<const mailstore::HeldContent>(std::move(*content));
  literal_ = OpenLiteral{range, std::move(held), std::move(decoded)};
}

void FetchRun::render_missed(std::string& out) {
  missed_ = true;
  if (out.ends_with('~')) out.pop_back();  // the mark of a literal8 that doesn't come
  out += "NIL";
}

// "BINARY[1]<0> ~{5}"
void FetchRun::render_binary(const mail::FetchBinary& binary, MessageOctets& octets,
                             std::string& out) {
  out += fmt::format("BINARY[{}]", mail::render_part_number(binary.part));
  append_origin(out, binary.partial);
  out += ' ';
  auto found = octets.decoded(binary.part);
  if (const auto* text = std::get_if<std::string>(&found)) {
    return mail::append_literal(out, cut(binary.partial, std::string_view(*text)));
  }
  if (const auto* part = std::get_if<LargePart>(&found)) {
    return render_large(*part, binary.partial, octets, out);
  }
  // A literal8, because what goes out in pieces may hold a NUL further on.
  if (std::holds_alternative<OctetRange>(found)) out += '~';
  render_octets(found, binary.partial, octets, out);
}

// A slice is decoded alone; more than one piece goes out piece by piece.
void FetchRun::render_large(const LargePart& part, const std::optional<mail::Partial>& partial,
                            const MessageOctets& octets, std::string& out) {
  auto range = cut(partial, OctetRange{0, part->size()});
  if (range.end - range.begin > kPiece) {
    out += '~';
    return open_literal(range, octets, out, part);
  }
  auto content = octets.hold();
  if (!content) return render_missed(out);
  std::string slice;
  part->append_to(slice, *content, range.begin, range.end);
  mail::append_literal(out, slice);
}

void FetchRun::render_binary_size(const mail::FetchBinarySize& size, MessageOctets& octets,
                                  std::string& out) {
  out += fmt::format("BINARY.SIZE[{}] ", mail::render_part_number(size.part));
  auto found = octets.decoded(size.part);
  std::uint64_t octet_count = 0;
  if (const auto* text = std::get_if<std::string>(&found)) octet_count = text->size();
  if (const auto* range = std::get_if<OctetRange>(&found)) octet_count = range->end - range->begin;
  if (const auto* part = std::get_if<LargePart>(&found)) octet_count = (*part)->size();
  unknown_encoding_ |= std::holds_alternative<UnknownEncoding>(found);
  mail::append_number(out, octet_count);
}

}  // namespace imapd

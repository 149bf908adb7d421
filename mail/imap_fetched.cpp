#include "mail/imap_fetched.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/encoded_word.hpp"

namespace mail::imap {

namespace {

const Node kNothing{};

const Node& item(const Node& list, std::size_t index) {
  return index < list.items.size() ? list.items[index] : kNothing;
}

// --- ENVELOPE ---

// address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"        RFC 9051 §9
// A group begins with a mailbox without a host and ends with NILs; its members stand between.
std::vector<NamedAddress> read_addresses(const Node& list) {
  std::vector<NamedAddress> out;
  for (const Node& address : list.items) {
    if (item(address, 3).is_nil()) continue;
    out.push_back(
        {decode_words(item(address, 0).text), {item(address, 2).text, item(address, 3).text}});
  }
  return out;
}

// envelope = "(" date SP subject SP from SP sender SP reply-to SP to SP cc SP bcc SP in-reply-to SP
//            message-id ")"                                                   RFC 9051 §9
Envelope read_envelope(const Node& list) {
  Envelope envelope;
  envelope.date = item(list, 0).text;
  envelope.subject = decode_words(item(list, 1).text);
  envelope.from = read_addresses(item(list, 2));
  envelope.sender = read_addresses(item(list, 3));
  envelope.reply_to = read_addresses(item(list, 4));
  envelope.to = read_addresses(item(list, 5));
  envelope.cc = read_addresses(item(list, 6));
  envelope.bcc = read_addresses(item(list, 7));
  envelope.in_reply_to = item(list, 8).text;
  envelope.message_id = item(list, 9).text;
  return envelope;
}

// --- BODYSTRUCTURE ---

std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// Servers hand parameters on as the message has them, RFC 2231's pieces included: they are written
// as a header value again, because that is what knows how to join them.
Parameters read_parameters(const Node& list) {
  std::string value = "x";
  for (std::size_t i = 0; i + 1 < list.items.size(); i += 2) {
    const std::string& name = list.items[i].text;
    const std::string& text = list.items[i + 1].text;
    value += "; " + name + "=" + (name.ends_with('*') ? text : quoted(text));
  }
  return parse_parameterized(value).params;
}

void read_disposition(const Node& list, BodyPart& part) {
  part.disposition = ascii_lower(item(list, 0).text);
  part.disposition_parameters = read_parameters(item(list, 1));
}

BodyPart read_structure(const Node& list, const std::string& number);

std::string child_number(const std::string& parent, std::size_t index) {
  return parent.empty() ? std::to_string(index) : parent + "." + std::to_string(index);
}

// body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]               RFC 9051 §9
BodyPart read_multipart(const Node& list, const std::string& number) {
  BodyPart part;
  part.number = number;
  part.type = "multipart";
  std::size_t i = 0;
  for (; i < list.items.size() && list.items[i].is_list(); ++i) {
    part.children.push_back(read_structure(list.items[i], child_number(number, i + 1)));
  }
  part.subtype = ascii_lower(item(list, i).text);
  part.parameters = read_parameters(item(list, i + 1));
  read_disposition(item(list, i + 2), part);
  return part;
}

bool is_multipart(const Node& list) { return item(list, 0).is_list(); }

// body-type-1part = (type subtype params id description encoding octets [...]) RFC 9051 §9
BodyPart read_single(const Node& list, const std::string& number) {
  BodyPart part;
  part.number = number.empty() ? "1" : number;
  part.type = ascii_lower(item(list, 0).text);
  part.subtype = ascii_lower(item(list, 1).text);
  part.parameters = read_parameters(item(list, 2));
  part.id = item(list, 3).text;
  part.description = decode_words(item(list, 4).text);
  part.encoding = ascii_lower(item(list, 5).text);
  part.size = item(list, 6).number().value_or(0);
  std::size_t extensions = 7;
  if (part.type == "text") extensions = 8;
  if (part.type == "message" && item(list, 8).is_list()) {
    extensions = 10;
    const Node& inside = item(list, 8);
    part.children.push_back(
        read_structure(inside, is_multipart(inside) ? part.number : part.number + ".1"));
  }
  read_disposition(item(list, extensions + 1), part);
  return part;
}

BodyPart read_structure(const Node& list, const std::string& number) {
  return is_multipart(list) ? read_multipart(list, number) : read_single(list, number);
}

// --- The items ---

/// "BODY[1.2]<0>" → "1.2"; nullopt when the item is no section.
std::optional<std::string> section_name(std::string_view item_name) {
  const std::size_t open = item_name.find('[');
  const std::size_t close = item_name.rfind(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  return std::string(item_name.substr(open + 1, close - open - 1));
}

void read_item(const Node& name, const Node& value, Fetched& fetched) {
  if (name.is("UID")) fetched.uid = value.nz_number();
  if (name.is("FLAGS")) fetched.flags = read_flags(value);
  if (name.is("RFC822.SIZE")) fetched.size = value.number();
  if (name.is("MODSEQ")) fetched.modseq = item(value, 0).number();
  if (name.is("INTERNALDATE")) fetched.internal_date = parse_internal_date(value.text);
  if (name.is("ENVELOPE") && value.is_list()) fetched.envelope = read_envelope(value);
  if ((name.is("BODYSTRUCTURE") || name.is("BODY")) && value.is_list()) {
    fetched.structure = read_structure(value, "");
  }
  if (auto section = section_name(name.text)) {
    fetched.sections.push_back({std::move(*section), value.text});
  }
}

}  // namespace

std::string BodyPart::file_name() const {
  std::string_view name = parameter(disposition_parameters, "filename");
  if (name.empty()) name = parameter(parameters, "name");
  // Not allowed there by RFC 2047 §5, and what most senders do.
  return decode_words(name);
}

const Section* Fetched::section(std::string_view name) const {
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const Section& s) {
    return same_ignoring_case(s.name, name);
  });
  return found == sections.end() ? nullptr : &*found;
}

FlagSet read_flags(const Node& list) {
  FlagSet flags;
  for (const Node& flag : list.items) {
    if (const auto system = parse_system_flag(flag.text)) {
      flags.system = static_cast<std::uint8_t>(flags.system | *system);
    } else if (!flag.text.empty() && flag.text.front() != '\\') {
      flags.keywords.push_back(flag.text);
    }
  }
  return flags;
}

// message-data = nz-number SP "FETCH" SP "(" msg-att ")"                      RFC 9051 §7.5.2
std::optional<Fetched> read_fetch(const Data& data) {
  if (data.keyword != "FETCH" || data.values.empty()) return std::nullopt;
  Fetched fetched;
  fetched.sequence = data.number;
  const std::vector<Node>& items = data.values.front().items;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) read_item(items[i], items[i + 1], fetched);
  return fetched;
}

}  // namespace mail::imap

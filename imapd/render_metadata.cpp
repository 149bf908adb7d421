#include "imapd/render_metadata.hpp"

#include "imapd/wire_name.hpp"
#include "mail/ascii.hpp"
#include "mail/imap_response.hpp"

namespace imapd {

namespace {

// value = nstring / literal8
void append_value(std::string& out, const std::optional<std::string>& value,
                  const Enabled& enabled) {
  if (!value)
    out += "NIL";
  else if (value->find('\0') != value->npos)
    mail::append_literal(out, *value);
  else
    mail::append_string(out, *value, enabled.quotes());
}

}  // namespace

void gather_metadata(std::vector<mailstore::Annotation>& found, mailstore::Account& account,
                     const mailstore::MetadataPlace& place, const std::string& entry,
                     mail::MetadataDepth depth) {
  auto some = mailstore::read_metadata(account, place, entry, depth);
  if (some.empty() && depth == mail::MetadataDepth::kNone) found.push_back({entry, std::nullopt});
  for (auto& each : some) {
    // In the client's own spelling, so that it knows it again.
    if (mail::same_ignoring_case(each.entry, entry)) each.entry = entry;
    found.push_back(std::move(each));
  }
}

namespace {

void append_place(std::string& out, std::string_view name, const Enabled& enabled) {
  out += "* METADATA ";
  if (name.empty())
    out += "\"\"";
  else
    append_name(out, name, enabled);
}

}  // namespace

void append_metadata_names(std::string& out, std::string_view name,
                           const std::vector<std::string>& entries, const Enabled& enabled) {
  append_place(out, name, enabled);
  for (const auto& entry : entries) {
    out += ' ';
    mail::append_astring(out, entry);
  }
  out += "\r\n";
}

void append_metadata(std::string& out, std::string_view name,
                     const std::vector<mailstore::Annotation>& annotations,
                     const Enabled& enabled) {
  if (annotations.empty()) return;
  append_place(out, name, enabled);
  char separator = '(';
  out += ' ';
  for (const auto& each : annotations) {
    out += separator;
    mail::append_astring(out, each.entry);
    out += ' ';
    append_value(out, each.value, enabled);
    separator = ' ';
  }
  out += ")\r\n";
}

}  // namespace imapd

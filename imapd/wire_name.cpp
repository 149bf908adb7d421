#include "imapd/wire_name.hpp"

namespace imapd {

mail::Result<std::string, Reply> stored_name(std::string_view wire, const Enabled& enabled) {
  auto name = mail::decode_mailbox_name(wire, enabled.names());
  if (name) return mail::canonical_mailbox_name(std::move(*name));
  return mail::unexpected(no("CANNOT", "the mailbox name is not valid modified UTF-7"));
}

void append_name(std::string& out, std::string_view name, const Enabled& enabled) {
  mail::append_astring(out, mail::encode_mailbox_name(name, enabled.names()), enabled.quotes());
}

}  // namespace imapd

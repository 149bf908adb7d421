#include "mail/imap_fetched.hpp"
#include "mail/imap_listing.hpp"
#include "mail/imap_response_reader.hpp"
#include "mail/imap_server_response.hpp"
#include "tests/fuzz/targets.hpp"

namespace {

void read_response(std::string_view text) {
  const auto response = mail::imap::parse_response(text);
  if (!response) return;
  if (const auto* data = std::get_if<mail::imap::Data>(&*response)) mail::imap::read_fetch(*data);
}

}  // namespace

void fuzz::imap_response(std::string_view octets) {
  read_response(octets);
  mail::imap::ResponseReader reader;
  while (!octets.empty()) {
    const auto status = reader.feed(octets);
    if (status == mail::imap::ResponseReader::Status::kTooLarge) return;
    if (status == mail::imap::ResponseReader::Status::kWhole) read_response(reader.take());
  }
}

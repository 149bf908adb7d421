#include "mail/imap_command.hpp"

#include "mail/imap_append.hpp"
#include "mail/imap_fetch.hpp"
#include "mail/imap_list.hpp"
#include "mail/imap_metadata.hpp"
#include "mail/imap_quota.hpp"
#include "mail/imap_reader.hpp"
#include "mail/imap_search.hpp"
#include "mail/imap_store.hpp"
#include "mail/imap_url.hpp"
#include "tests/fuzz/targets.hpp"

namespace {

void parse_arguments(std::string_view arguments) {
  mail::parse_login(arguments);
  mail::parse_authenticate(arguments);
  mail::parse_enable(arguments);
  mail::parse_id(arguments);
  mail::parse_fetch(arguments);
  for (const auto verb : {mail::AppendReader::Verb::kAppend, mail::AppendReader::Verb::kReplace}) {
    mail::AppendReader reader(verb);
    if (reader.feed(arguments)) reader.feed(arguments);
  }
  mail::parse_imap_url(arguments);
  mail::parse_status(arguments);
  mail::parse_list(arguments);
  mail::parse_get_metadata(arguments);
  mail::parse_set_metadata(arguments);
  mail::parse_set_quota(arguments);
  mail::parse_lsub(arguments);
  mail::parse_store(arguments);
  mail::parse_copy(arguments);
  mail::parse_search(arguments, {});
}

// The commands that `octets` hold, fed in pieces; literals up to the octets' size are kept.
std::string gathered(std::string_view octets, std::size_t chunk) {
  mail::ImapReader reader;
  std::string commands;
  for (std::size_t at = 0; at < octets.size(); at += chunk) {
    std::string_view piece = octets.substr(at, chunk);
    while (!piece.empty()) {
      const auto event = reader.feed(piece);
      if (const auto* literal = std::get_if<mail::ImapReader::NeedLiteral>(&event)) {
        literal->size <= octets.size() ? reader.keep_literal() : reader.reset();
      } else if (!std::holds_alternative<mail::ImapReader::NeedMore>(event)) {
        commands += reader.take_text() + '\n';
      }
    }
  }
  return commands;
}

}  // namespace

void fuzz::imap_command(std::string_view octets) {
  parse_arguments(octets);
  if (const auto command = mail::parse_imap_command(octets)) parse_arguments(command->arguments);
  const std::string commands = gathered(octets, octets.size());
  for (const std::size_t chunk : {1, 3, 7}) check(gathered(octets, chunk) == commands);
}

// Messages as lines of a list and as JSON.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "mail/imap_fetched.hpp"
#include "mua/message_ref.hpp"

namespace mua {

/// What FETCH has to ask for to fill a row.
inline constexpr const char* kRowItems = "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)";

struct Row {
  MessageRef ref;
  mail::imap::Fetched message;
};

/// One line a message: id, marks (N unread, F flagged, A answered, D deleted), date, sender,
/// subject. `width` columns, 0 for no limit. `now` is seconds since 1970: dates of this year show
/// the time of day.
std::string render_rows(const std::vector<Row>& rows, std::size_t width, std::int64_t now);

boost::json::object row_json(const Row& row);

/// "Ann <ann@example.test>", printable.
std::string address_text(const mail::NamedAddress& address);
std::string address_list_text(const std::vector<mail::NamedAddress>& addresses);
boost::json::array address_list_json(const std::vector<mail::NamedAddress>& addresses);
boost::json::array flags_json(const mail::FlagSet& flags);

/// Local time: "21 Nov 10:13" of the year of `now`, else "2025-11-21".
std::string short_date(std::int64_t seconds, std::int64_t now);
/// "2026-11-21T10:13:19+00:00"
std::string iso_date(mail::DateTime date);

}  // namespace mua

// Invitations: the event of an iCalendar object (RFC 5545) that came by mail (RFC 6047), and what
// is asked about it (RFC 5546: an invitation, an update, a cancellation, somebody's answer).
// Parsing is libical's; nothing of it shows here. All texts are printable UTF-8. Pure, but for the
// zone of the person (TZ), in which times that name no zone are meant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/result.hpp"

namespace mua::calendar {

/// RFC 5546 §1.4. kNone: a calendar that asks nothing.
enum class Method { kNone, kPublish, kRequest, kReply, kCancel, kCounter, kDeclineCounter, kOther };

enum class Standing { kNoAnswer, kAccepted, kTentative, kDeclined, kDelegated };

struct Attendee {
  std::string name, address;  ///< the address without "mailto:"
  Standing standing = Standing::kNoAnswer;
  bool optional = false;
  bool operator==(const Attendee&) const = default;
};

/// When it is. Days are midnight UTC of the first and of the last one.
struct When {
  enum class Kind { kTimes, kDays };
  Kind kind = Kind::kTimes;
  std::int64_t begin = 0, end = 0;  ///< seconds since 1970
  std::string zone;                 ///< in which it was planned; "" for UTC and for none
  std::int32_t zone_minutes = 0;    ///< of that zone then, east of UTC
  bool zone_known = true;           ///< false: read as if it were the person's own
};

struct Invitation {
  Method method = Method::kNone;
  std::string uid;
  int sequence = 0;
  bool cancelled = false;  ///< STATUS:CANCELLED
  std::string summary, location, description;
  When when;
  std::string recurrence;    ///< in words, "" when it is once
  bool one_of_many = false;  ///< about one time of an event that recurs
  Attendee organizer;        ///< without an address when nobody is named
  std::vector<Attendee> attendees;

  bool can_be_answered() const;
};

/// "BEGIN:VCALENDAR ..." in UTF-8; the error says what is wrong with it.
mail::Result<Invitation, std::string> read_invitation(std::string_view text);

/// The attendee with one of these addresses.
const Attendee* find_attendee(const Invitation& invitation,
                              const std::vector<std::string>& addresses);

/// The answer to the organizer (METHOD:REPLY, RFC 5546 §3.2.3) of an attendee with that address:
/// kAccepted, kTentative or kDeclined. `now`: seconds since 1970. Lines end in CRLF. nullopt when
/// `text` holds no event.
std::optional<std::string> make_reply(std::string_view text, const Attendee& self, Standing answer,
                                      std::int64_t now);

}  // namespace mua::calendar

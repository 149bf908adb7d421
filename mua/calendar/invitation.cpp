#include "mua/calendar/invitation.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "mail/ascii.hpp"
#include "mua/calendar/component.hpp"
#include "mua/calendar/recurrence.hpp"
#include "mua/printable.hpp"

namespace mua::calendar {

namespace {

// More than anybody reads of a card.
constexpr std::size_t kMostAttendees = 500;
constexpr std::int64_t kDay = 86'400;

Method method_of(icalcomponent* calendar) {
  switch (icalcomponent_get_method(calendar)) {
    case ICAL_METHOD_NONE: return Method::kNone;
    case ICAL_METHOD_PUBLISH: return Method::kPublish;
    case ICAL_METHOD_REQUEST: return Method::kRequest;
    case ICAL_METHOD_REPLY: return Method::kReply;
    case ICAL_METHOD_CANCEL: return Method::kCancel;
    case ICAL_METHOD_COUNTER: return Method::kCounter;
    case ICAL_METHOD_DECLINECOUNTER: return Method::kDeclineCounter;
    default: return Method::kOther;
  }
}

Standing standing_of(icalproperty* property) {
  icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_PARTSTAT_PARAMETER);
  switch (parameter ? icalparameter_get_partstat(parameter) : ICAL_PARTSTAT_NEEDSACTION) {
    case ICAL_PARTSTAT_ACCEPTED: return Standing::kAccepted;
    case ICAL_PARTSTAT_TENTATIVE: return Standing::kTentative;
    case ICAL_PARTSTAT_DECLINED: return Standing::kDeclined;
    case ICAL_PARTSTAT_DELEGATED: return Standing::kDelegated;
    default: return Standing::kNoAnswer;
  }
}

bool is_optional(icalproperty* property) {
  icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_ROLE_PARAMETER);
  if (!parameter) return false;
  const icalparameter_role role = icalparameter_get_role(parameter);
  return role == ICAL_ROLE_OPTPARTICIPANT || role == ICAL_ROLE_NONPARTICIPANT;
}

Attendee attendee_of(icalproperty* property, const char* uri) {
  Attendee out;
  icalparameter* name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
  if (name && icalparameter_get_cn(name)) out.name = printable(icalparameter_get_cn(name));
  out.address = address_of(uri);
  if (out.name == out.address) out.name.clear();
  out.standing = standing_of(property);
  out.optional = is_optional(property);
  return out;
}

std::vector<Attendee> attendees_of(icalcomponent* event) {
  std::vector<Attendee> out;
  for (icalproperty* property = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
       property && out.size() < kMostAttendees;
       property = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
    out.push_back(attendee_of(property, icalproperty_get_attendee(property)));
  }
  return out;
}

std::string text_of(icalcomponent* event, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(event, kind);
  if (!property) return "";
  const char* text = icalvalue_get_text(icalproperty_get_value(property));
  return text ? text : "";
}

/// A time without a zone is the person's own (RFC 5545 §3.3.5, form 1).
std::int64_t seconds_of(const icaltimetype& time) {
  if (time.zone || icaltime_is_utc(time)) return icaltime_as_timet_with_zone(time, time.zone);
  std::tm parts{};
  parts.tm_year = time.year - 1900;
  parts.tm_mon = time.month - 1;
  parts.tm_mday = time.day;
  parts.tm_hour = time.hour;
  parts.tm_min = time.minute;
  parts.tm_sec = time.second;
  parts.tm_isdst = -1;
  return std::mktime(&parts);
}

std::string zone_name(icalproperty* start) {
  icalparameter* parameter = icalproperty_get_first_parameter(start, ICAL_TZID_PARAMETER);
  const char* name = parameter ? icalparameter_get_tzid(parameter) : nullptr;
  return name ? printable(name) : "";
}

When when_of(icalcomponent* event, icalproperty* start) {
  When when;
  icaltimetype begin = icalproperty_get_datetime_with_component(start, event);
  const icaltimetype end = icalcomponent_get_dtend(event);
  if (begin.is_date) {
    when.kind = When::Kind::kDays;
    when.begin = icaltime_as_timet(begin);
    // The end of days is the day after the last (RFC 5545 §3.6.1).
    when.end = icaltime_is_null_time(end) ? when.begin : icaltime_as_timet(end) - kDay;
  } else {
    when.begin = seconds_of(begin);
    when.end = icaltime_is_null_time(end) ? when.begin : seconds_of(end);
    when.zone = zone_name(start);
    when.zone_known = when.zone.empty() || begin.zone;
    if (begin.zone && !icaltime_is_utc(begin)) {
      int is_summer = 0;
      auto* zone = const_cast<icaltimezone*>(begin.zone);
      when.zone_minutes = icaltimezone_get_utc_offset(zone, &begin, &is_summer) / 60;
    }
  }
  when.end = std::max(when.begin, when.end);
  return when;
}

std::string recurrence_of(icalcomponent* event) {
  icalproperty* rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
  if (rule) {
    const char* text = icalproperty_get_value_as_string(rule);
    return recurrence_words(text ? text : "");
  }
  return icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY) ? "on several days" : "";
}

}  // namespace

bool Invitation::can_be_answered() const {
  return method == Method::kRequest && !organizer.address.empty() && !cancelled;
}

mail::Result<Invitation, std::string> read_invitation(std::string_view text) {
  const Component root = parse_component(text);
  icalcomponent* calendar = calendar_of(root);
  if (!calendar) return tl::unexpected<std::string>("it is no calendar");
  icalcomponent* event = event_of(calendar);
  if (!event) return tl::unexpected<std::string>("there is no event in it");
  icalproperty* start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
  if (!start || icaltime_is_null_time(icalproperty_get_dtstart(start))) {
    return tl::unexpected<std::string>("its event has no beginning");
  }
  Invitation out;
  out.method = method_of(calendar);
  out.uid = text_of(event, ICAL_UID_PROPERTY);
  out.sequence = icalcomponent_get_sequence(event);
  out.cancelled =
      out.method == Method::kCancel || icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED;
  out.summary = printable(text_of(event, ICAL_SUMMARY_PROPERTY));
  out.location = printable(text_of(event, ICAL_LOCATION_PROPERTY));
  out.description = printable_lines(text_of(event, ICAL_DESCRIPTION_PROPERTY));
  out.when = when_of(event, start);
  out.recurrence = recurrence_of(event);
  out.one_of_many = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != nullptr;
  if (icalproperty* organizer = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY)) {
    out.organizer = attendee_of(organizer, icalproperty_get_organizer(organizer));
  }
  out.attendees = attendees_of(event);
  return out;
}

const Attendee* find_attendee(const Invitation& invitation,
                              const std::vector<std::string>& addresses) {
  for (const Attendee& one : invitation.attendees) {
    const auto is_it = [&](const std::string& a) {
      return mail::same_ignoring_case(a, one.address);
    };
    if (std::any_of(addresses.begin(), addresses.end(), is_it)) return &one;
  }
  return nullptr;
}

}  // namespace mua::calendar

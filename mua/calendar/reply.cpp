// The answer to an invitation: the event as it came, without what only its organizer needs.
#include <array>

#include "mua/calendar/component.hpp"
#include "mua/calendar/invitation.hpp"

namespace mua::calendar {

namespace {

icalparameter_partstat partstat_of(Standing standing) {
  switch (standing) {
    case Standing::kAccepted: return ICAL_PARTSTAT_ACCEPTED;
    case Standing::kTentative: return ICAL_PARTSTAT_TENTATIVE;
    case Standing::kDeclined: return ICAL_PARTSTAT_DECLINED;
    case Standing::kDelegated: return ICAL_PARTSTAT_DELEGATED;
    case Standing::kNoAnswer: break;
  }
  return ICAL_PARTSTAT_NEEDSACTION;
}

void remove_all(icalcomponent* component, icalproperty_kind kind) {
  while (icalproperty* property = icalcomponent_get_first_property(component, kind)) {
    icalcomponent_remove_property(component, property);
    icalproperty_free(property);
  }
}

void remove_alarms(icalcomponent* event) {
  while (icalcomponent* alarm = icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT)) {
    icalcomponent_remove_component(event, alarm);
    icalcomponent_free(alarm);
  }
}

icalproperty* attendee(const Attendee& self, Standing answer) {
  icalproperty* property = icalproperty_new_attendee(("mailto:" + self.address).c_str());
  icalproperty_add_parameter(property, icalparameter_new_partstat(partstat_of(answer)));
  if (!self.name.empty()) {
    icalproperty_add_parameter(property, icalparameter_new_cn(self.name.c_str()));
  }
  return property;
}

void answer_event(icalcomponent* event, const Attendee& self, Standing answer, std::int64_t now) {
  constexpr std::array kUnneeded{ICAL_ATTENDEE_PROPERTY, ICAL_DTSTAMP_PROPERTY,
                                 ICAL_DESCRIPTION_PROPERTY, ICAL_ATTACH_PROPERTY, ICAL_X_PROPERTY};
  for (const icalproperty_kind kind : kUnneeded) remove_all(event, kind);
  remove_alarms(event);
  const icaltimetype stamp =
      icaltime_from_timet_with_zone(static_cast<time_t>(now), 0, icaltimezone_get_utc_timezone());
  icalcomponent_add_property(event, icalproperty_new_dtstamp(stamp));
  icalcomponent_add_property(event, attendee(self, answer));
}

}  // namespace

std::optional<std::string> make_reply(std::string_view text, const Attendee& self, Standing answer,
                                      std::int64_t now) {
  const Component root = parse_component(text);
  icalcomponent* calendar = calendar_of(root);
  if (!event_of(calendar)) return std::nullopt;
  for (const icalproperty_kind kind :
       {ICAL_METHOD_PROPERTY, ICAL_PRODID_PROPERTY, ICAL_X_PROPERTY}) {
    remove_all(calendar, kind);
  }
  icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Pabal//mua//EN"));
  icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_REPLY));
  for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
       event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    answer_event(event, self, answer, now);
  }
  char* written = icalcomponent_as_ical_string_r(calendar);
  std::string out = written ? written : "";
  icalmemory_free_buffer(written);
  return out;
}

}  // namespace mua::calendar

#include "mua/calendar/component.hpp"

#include "mail/ascii.hpp"
#include "mua/printable.hpp"

namespace mua::calendar {

Component parse_component(std::string_view text) {
  icalerror_set_errors_are_fatal(0);
  return Component(icalparser_parse_string(std::string(text).c_str()));
}

icalcomponent* calendar_of(const Component& root) {
  if (!root) return nullptr;
  if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) return root.get();
  return icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT);
}

icalcomponent* event_of(icalcomponent* calendar) {
  if (!calendar) return nullptr;
  icalcomponent* first = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  for (icalcomponent* event = first; event;
       event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    if (!icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY)) return event;
  }
  return first;
}

std::string address_of(const char* uri) {
  std::string_view text = uri ? uri : "";
  if (mail::same_ignoring_case(text.substr(0, 7), "mailto:")) text.remove_prefix(7);
  return printable(mail::trim(text));
}

}  // namespace mua::calendar

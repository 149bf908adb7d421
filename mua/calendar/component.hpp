// The parsed form of a calendar, owned. Private to the folder.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <string>
#include <string_view>

namespace mua::calendar {

struct ComponentDeleter {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, ComponentDeleter>;

/// The whole of it; nullptr when it can't be read at all.
Component parse_component(std::string_view text);

/// The VCALENDAR in it, and the event that says most: the one that is not about a single time of
/// many. nullptr when there is none.
icalcomponent* calendar_of(const Component& root);
icalcomponent* event_of(icalcomponent* calendar);

/// "mailto:ann@x.test" → "ann@x.test"
std::string address_of(const char* uri);

}  // namespace mua::calendar

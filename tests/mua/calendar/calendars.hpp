// Calendars as they come by mail.
#pragma once

namespace mua::calendar {

/// With the zone of Berlin spelled out, as real ones have it.
inline constexpr const char* kCouncil =
    "BEGIN:VCALENDAR\r\nPRODID:-//X//Y//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n"
    "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n"
    "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nUID:council@x.test\r\nSEQUENCE:0\r\nDTSTAMP:20261101T080000Z\r\n"
    "SUMMARY:Harbour council\\, winter\r\nLOCATION:Pier 4\r\n"
    "DESCRIPTION:Bring the minutes.\\nThank you.\r\n"
    "DTSTART;TZID=W. Europe Standard Time:20261127T150000\r\n"
    "DTEND;TZID=W. Europe Standard Time:20261127T163000\r\n"
    "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=10\r\n"
    "ORGANIZER;CN=Ann Miller:mailto:ann@x.test\r\n"
    "ATTENDEE;CN=Alice;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:Alice@example."
    "te\r\n st\r\n"
    "ATTENDEE;CN=Zoe;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:zoe@z.test\r\n"
    "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@y.test\r\n"
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:soon\r\nEND:VALARM\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n";

/// All-day, cancelled, without attendees.
inline constexpr const char* kCancelled =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:fair@x."
    "test\r\nSEQUENCE:2\r\n"
    "SUMMARY:Fair\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:"
    "20261227\r\n"
    "ORGANIZER:MAILTO:ann@x.test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

}  // namespace mua::calendar

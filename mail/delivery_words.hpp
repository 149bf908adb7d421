// A delivery report in plain words, for the person who wrote the message: whom it did not reach,
// what the other server answered (quoted, and cut where it gets long), and what can be done. RFC
// 3464 §1.1 wants it "human readable", RFC 6522 §3 makes it the first part. Pure.
#pragma once

#include <string>

#include "mail/delivery_report.hpp"

namespace mail {

/// "Not delivered to dave@far.test: lunch tomorrow"; UTF-8, one line.
std::string subject_of(const DeliveryReport& report);

/// UTF-8, lines end in LF and are folded at 72 columns.
std::string explain(const DeliveryReport& report);

}  // namespace mail

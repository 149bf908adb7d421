// What a person types to find messages, as search criteria.
//
//   query = *( ["-"] term )             all terms have to match; "-" means not
//   term  = word                        in the text or the header
//         / ("from:" / "to:" / "cc:" / "bcc:" / "subject:" / "body:") word
//         / ("after:" / "before:" / "on:") date    after: that day or later; before: earlier
//         / ("larger:" / "smaller:") number ["k" / "M"]
//         / "is:" ("unread" / "read" / "flagged" / "answered" / "draft")
//         / "has:attachment"          a multipart/mixed, which is what can be asked of any server
//         / "keyword:" word
//   word  = text without spaces / <"> text <">
//   date  = 2026-01-31 / 2026-01 / 2026    the last two, their first day, not with on:
#pragma once

#include <string>
#include <string_view>

#include "mail/result.hpp"
#include "mail/search_key.hpp"

namespace mua {

/// The error says which term can't be understood and what was expected.
mail::Result<mail::SearchKey, std::string> parse_query(std::string_view query);

}  // namespace mua

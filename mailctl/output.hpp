// What a command prints: rows for people, aligned, or the same as JSON.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "mailctl/options.hpp"

namespace mailctl {

/// One thing as its JSON object and the cells of its row.
struct Row {
  boost::json::object object;
  std::vector<std::string> cells;
};

/// A list: an array, or aligned columns below `titles`; `nothing` when it is empty.
void print_list(Format format, const std::vector<std::string>& titles, const std::vector<Row>& rows,
                const std::string& nothing);

/// One outcome: an object, or the sentence.
void print_outcome(Format format, const boost::json::object& object, const std::string& sentence);

/// "2026-11-21T10:00:00Z".
std::string shown_time(std::int64_t seconds_since_1970);

}  // namespace mailctl

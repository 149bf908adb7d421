// What `mailctl trace` says: one message as a page that fits a screen, several as rows, and each as
// JSON with every step. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "mailctl/output.hpp"
#include "mailctl/trace_story.hpp"

namespace mailctl {

boost::json::object object_of(const Story& story);
/// Steps that repeat each other are told once, with their number, and of very many the middle is
/// left out.
std::string page_of(const Story& story, std::int64_t now);
/// One row of a list, below kStoryTitles.
Row row_of(const Story& story);
extern const std::vector<std::string> kStoryTitles;

}  // namespace mailctl

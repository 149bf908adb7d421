#include "mailctl/output.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace mailctl {
namespace {

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    utf8proc_int32_t character = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &character);
    width += length > 0 ? static_cast<std::size_t>(utf8proc_charwidth(character)) : 1;
    text.remove_prefix(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 1)));
  }
  return width;
}

void print_row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += cells[i];
    if (i + 1 < cells.size()) line.append(widths[i] - width_of(cells[i]) + 2, ' ');
  }
  fmt::print("{}\n", line);
}

}  // namespace

void print_list(Format format, const std::vector<std::string>& titles, const std::vector<Row>& rows,
                const std::string& nothing) {
  if (format == Format::kJson) {
    boost::json::array array;
    for (const auto& row : rows) array.push_back(row.object);
    fmt::print("{}\n", boost::json::serialize(array));
    return;
  }
  if (rows.empty()) {
    fmt::print("{}\n", nothing);
    return;
  }
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    widths.push_back(width_of(titles[i]));
    for (const auto& row : rows) widths[i] = std::max(widths[i], width_of(row.cells[i]));
  }
  print_row(titles, widths);
  for (const auto& row : rows) print_row(row.cells, widths);
}

void print_outcome(Format format, const boost::json::object& object, const std::string& sentence) {
  fmt::print("{}\n", format == Format::kJson ? boost::json::serialize(object) : sentence);
}

std::string shown_time(std::int64_t seconds_since_1970) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(static_cast<std::time_t>(seconds_since_1970)));
}

}  // namespace mailctl

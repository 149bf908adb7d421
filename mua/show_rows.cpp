#include "mua/show_rows.hpp"

#include <ctime>
#include <utility>

#include "mua/output.hpp"

namespace mua {

void show_rows(const std::vector<Row>& rows, Format format) {
  if (format == Format::kText)
    return print(render_rows(rows, terminal_width(), std::time(nullptr)));
  boost::json::array out;
  for (const Row& row : rows) out.push_back(row_json(row));
  print(out);
}

void show_rows(const Selection& selection, std::vector<mail::imap::Fetched> messages,
               Format format) {
  std::vector<Row> rows;
  for (auto& message : messages) {
    const MessageRef ref = selection.ref(*message.uid);
    rows.push_back({ref, std::move(message)});
  }
  show_rows(rows, format);
}

}  // namespace mua

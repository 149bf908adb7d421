#include "mua/screen/mail_list.hpp"

#include <algorithm>
#include <utility>

#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {
// Marking everything is for folders a person could look through.
constexpr std::uint32_t kMostMarked = 100'000;
}  // namespace

void MailList::show(sync::FolderId folder) {
  folder_ = folder;
  query_.reset();
  results_.clear();
  marked_.clear();
  rows_.clear();
  cursor_ = top_ = 0;
  held_ = false;
  reload();
}

void MailList::set_order(sync::Order order) {
  order_ = order;
  const sync::Row* row = current();
  const sync::MessageId kept = row ? row->id : 0;
  rows_.clear();
  if (kept != 0) cursor_ = line_of(kept).value_or(0);
  reload();
}

void MailList::show_results(const std::string& query, std::vector<sync::MessageId> messages) {
  if (!query_) before_results_ = current() ? current()->id : 0;
  query_ = query;
  results_ = std::move(messages);
  rows_.clear();
  cursor_ = top_ = 0;
  reload();
}

void MailList::add_results(const std::vector<sync::MessageId>& messages) {
  std::set<sync::MessageId> known(results_.begin(), results_.end());
  for (const sync::MessageId id : messages) {
    if (known.insert(id).second) results_.push_back(id);
  }
  sync::MessageList list(store_);
  std::vector<sync::Row> rows = list.rows(results_);
  std::sort(rows.begin(), rows.end(), [](const sync::Row& a, const sync::Row& b) {
    return std::pair(a.date, a.uid) > std::pair(b.date, b.uid);
  });
  results_.clear();
  for (const sync::Row& row : rows) results_.push_back(row.id);
  reload();
}

void MailList::leave_results() {
  if (!query_) return;
  const sync::MessageId here = current() ? current()->id : before_results_;
  query_.reset();
  results_.clear();
  rows_.clear();
  cursor_ = line_of(here).value_or(line_of(before_results_).value_or(0));
  reload();
}

std::optional<std::uint32_t> MailList::line_of(sync::MessageId message) {
  if (!query_) return sync::MessageList(store_).position(folder_, order_, message);
  const auto found = std::find(results_.begin(), results_.end(), message);
  if (found == results_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - results_.begin());
}

void MailList::reload() {
  sync::MessageList list(store_);
  const sync::Row* row = current();
  const sync::MessageId here = row ? row->id : 0;
  if (query_) {
    // What was deleted or moved away is no result any more.
    const sync::FolderId folder = folder_;
    std::vector<sync::MessageId> left;
    for (const sync::Row& one : list.rows(results_)) {
      if (one.folder == folder) left.push_back(one.id);
    }
    results_ = std::move(left);
  }
  count_ = query_ ? static_cast<std::uint32_t>(results_.size()) : list.count(folder_);
  const bool follows = held_ || query_;
  if (const auto line = here != 0 && follows ? line_of(here) : std::nullopt) {
    // The picture moves along with the message, except at the top, where new ones are to be seen.
    if (top_ > 0) top_ = *line - std::min(cursor_ - top_, *line);
    cursor_ = *line;
  }
  go_to(cursor_);
  read_window();
}

void MailList::read_window() {
  sync::MessageList list(store_);
  const auto height = static_cast<std::uint32_t>(height_);
  if (!query_) {
    rows_ = list.window(folder_, order_, top_, height);
    return;
  }
  const std::size_t end = std::min<std::size_t>(results_.size(), top_ + height);
  rows_ = list.rows(std::span(results_).subspan(std::min<std::size_t>(top_, end),
                                                end - std::min<std::size_t>(top_, end)));
}

void MailList::set_height(int rows) {
  rows = std::max(rows, 1);
  if (rows == height_) return;
  height_ = rows;
  reload();
}

const sync::Row* MailList::current() const {
  const std::size_t at = cursor_ - top_;
  return cursor_ >= top_ && at < rows_.size() ? &rows_[at] : nullptr;
}

void MailList::go_to(std::uint32_t line) {
  cursor_ = count_ == 0 ? 0 : std::min(line, count_ - 1);
  const auto height = static_cast<std::uint32_t>(height_);
  const std::uint32_t before = top_;
  if (cursor_ < top_) top_ = cursor_;
  if (cursor_ >= top_ + height) top_ = cursor_ - height + 1;
  if (count_ <= height) top_ = 0;
  if (top_ != before || rows_.empty()) read_window();
}

bool MailList::move(int lines) {
  const std::uint32_t before = cursor_;
  const std::int64_t to = std::max<std::int64_t>(std::int64_t{cursor_} + lines, 0);
  go_to(static_cast<std::uint32_t>(to));
  return cursor_ != before;
}

void MailList::go_to_message(sync::MessageId message) {
  if (const auto line = line_of(message)) go_to(*line);
}

bool MailList::next_unread() {
  if (query_) {
    const std::vector<sync::Row> rows = sync::MessageList(store_).rows(results_);
    for (std::size_t i = 1; i <= rows.size(); ++i) {
      const std::size_t line = (cursor_ + i) % rows.size();
      if (!rows[line].unread()) continue;
      go_to(static_cast<std::uint32_t>(line));
      return true;
    }
    return false;
  }
  const auto line = sync::MessageList(store_).next_unread(folder_, order_, cursor_);
  if (line) go_to(*line);
  return line.has_value();
}

void MailList::toggle_mark() {
  if (!current()) return;
  const sync::MessageId id = current()->id;
  if (marked_.erase(id) == 0) marked_.insert(id);
}

void MailList::mark_all() {
  if (query_) {
    marked_.insert(results_.begin(), results_.end());
    return;
  }
  const std::uint32_t most = std::min(count_, kMostMarked);
  for (const sync::Row& row : sync::MessageList(store_).window(folder_, order_, 0, most)) {
    marked_.insert(row.id);
  }
}

std::vector<sync::MessageId> MailList::targets() const {
  if (!marked_.empty()) return {marked_.begin(), marked_.end()};
  if (current()) return {current()->id};
  return {};
}

std::vector<sync::MessageId> MailList::following(std::size_t most) const {
  std::vector<sync::MessageId> out;
  for (std::size_t i = cursor_ - top_ + 1; i < rows_.size() && out.size() < most; ++i) {
    out.push_back(rows_[i].id);
  }
  return out;
}

ListPicture MailList::picture(std::int64_t now) const {
  ListPicture out;
  out.rows = rows_;
  out.top = top_;
  out.cursor = cursor_;
  out.marked = marked_;
  out.now = now;
  return out;
}

}  // namespace mua::screen

#include "mua/screen/mail_list.hpp"

#include <algorithm>
#include <utility>

#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {
// Marking everything is for folders a person could look through.
constexpr std::uint32_t kMostMarked = 100'000;

std::vector<sync::MessageId> newest_first(std::vector<sync::Row> rows) {
  std::sort(rows.begin(), rows.end(), [](const sync::Row& a, const sync::Row& b) {
    return std::pair(a.date, a.uid) > std::pair(b.date, b.uid);
  });
  std::vector<sync::MessageId> out;
  for (const sync::Row& row : rows) out.push_back(row.id);
  return out;
}

}  // namespace

void MailList::set_accounts(std::vector<sync::ListSource> inboxes) {
  accounts_.emplace(std::move(inboxes));
}

std::vector<sync::ListSource> MailList::accounts() const {
  return accounts_ ? accounts_->sources() : std::vector<sync::ListSource>();
}

void MailList::show(sync::LocalStore& store, sync::FolderId folder) {
  store_ = store;
  show(folder);
}

void MailList::show(sync::FolderId folder) {
  folder_ = folder;
  query_.reset();
  results_.clear();
  found_in_.clear();
  folds_.others.clear();
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

void MailList::show_results(const std::string& query, std::vector<sync::MessageId> messages,
                            Scope scope) {
  if (!query_) before_results_ = current() ? current()->id : 0;
  query_ = query;
  scope_ = scope;
  found_in_.clear();
  results_ = std::move(messages);
  rows_.clear();
  cursor_ = top_ = 0;
  reload();
}

void MailList::add_results(const std::vector<sync::MessageId>& messages) {
  results_.insert(results_.end(), messages.begin(), messages.end());
  reload();
}

void MailList::leave_results() {
  if (!query_) return;
  const sync::MessageId here = current() ? current()->id : before_results_;
  query_.reset();
  results_.clear();
  found_in_.clear();
  rows_.clear();
  cursor_ = line_of(here).value_or(line_of(before_results_).value_or(0));
  reload();
}

bool MailList::holds(sync::MessageId message) const {
  return std::find(results_.begin(), results_.end(), message) != results_.end();
}

std::vector<sync::Row> MailList::rows_of(std::span<const sync::MessageId> messages) const {
  return accounts_ ? accounts_->rows(messages) : sync::MessageList(store_).rows(messages);
}

sync::ThreadList MailList::threads() const {
  if (joined()) return {accounts_->sources(), folds_};
  return {{sync::ListSource{store_, folder_}}, folds_};
}

/// The messages of a line's thread.
std::vector<sync::Row> MailList::thread_of(const sync::Row& row) const {
  std::reference_wrapper<sync::LocalStore> store = store_;
  for (const sync::ListSource& source : accounts()) {
    if (source.store.get().number() == sync::store_number(row.id)) store = source.store;
  }
  return sync::MessageList(store).thread(row.folder, row.thread);
}

std::vector<sync::Row> MailList::window(std::uint32_t first, std::uint32_t count) {
  if (threaded()) return threads().window(first, count);
  if (joined()) return accounts_->window(first, count);
  return sync::MessageList(store_).window(folder_, first, count);
}

std::uint32_t MailList::count_lines() {
  if (query_) return static_cast<std::uint32_t>(results_.size());
  if (threaded()) return threads().count();
  return joined() ? accounts_->count() : sync::MessageList(store_).count(folder_);
}

std::optional<std::uint32_t> MailList::line_of(sync::MessageId message) {
  if (threaded()) return threads().position(message);
  if (joined() && !query_) return accounts_->position(message);
  if (!query_) return sync::MessageList(store_).position(folder_, message);
  const auto found = std::find(results_.begin(), results_.end(), message);
  if (found == results_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - results_.begin());
}

void MailList::reload() {
  const sync::Row* row = current();
  const sync::MessageId here = row ? row->id : 0;
  if (query_) {
    // What was deleted or moved away is no result any more, unless that is taken back.
    std::set<sync::MessageId> found(results_.begin(), results_.end());
    for (const auto& [message, folder] : found_in_) found.insert(message);
    std::vector<sync::Row> rows = rows_of(std::vector(found.begin(), found.end()));
    std::erase_if(rows, [this](const sync::Row& one) {
      return found_in_.emplace(one.id, one.folder).first->second != one.folder;
    });
    results_ = newest_first(std::move(rows));
  }
  count_ = count_lines();
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
  const auto height = static_cast<std::uint32_t>(height_);
  if (!query_) {
    rows_ = window(top_, height);
    return;
  }
  const std::size_t end = std::min<std::size_t>(results_.size(), top_ + height);
  rows_ = rows_of(std::span(results_).subspan(std::min<std::size_t>(top_, end),
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
    const std::vector<sync::Row> rows = rows_of(results_);
    for (std::size_t i = 1; i <= rows.size(); ++i) {
      const std::size_t line = (cursor_ + i) % rows.size();
      if (!rows[line].unread()) continue;
      go_to(static_cast<std::uint32_t>(line));
      return true;
    }
    return false;
  }
  const std::uint32_t from = cursor_ + 1;
  const auto line = threaded() ? threads().next_unread(from)
                    : joined() ? accounts_->next_unread(from)
                               : sync::MessageList(store_).next_unread(folder_, from);
  if (line) go_to(*line);
  return line.has_value();
}

bool MailList::fold(Fold how) {
  if (!threaded()) return false;
  if (!current()) return true;
  const sync::ThreadId thread = current()->thread;
  const bool folded = folds_.folded(thread);
  if (how != Fold::kToggle && folded == (how == Fold::kClose)) return true;
  sync::Folds folds = folds_;
  if (folds.others.erase(thread) == 0) folds.others.insert(thread);
  refold(std::move(folds));
  return true;
}

bool MailList::fold_all(Fold how) {
  if (!threaded()) return false;
  using Usual = sync::Folds::Usual;
  const bool close = how == Fold::kToggle ? folds_.usual == Usual::kOpen : how == Fold::kClose;
  refold({close ? Usual::kFolded : Usual::kOpen, {}});
  return true;
}

std::optional<sync::MessageId> MailList::unfold_current() {
  if (!current()) return std::nullopt;
  const sync::MessageId first = current()->id;
  if (current()->folded < 2) return first;
  const auto rows = thread_of(*current());
  fold(Fold::kOpen);
  const auto unread =
      std::find_if(rows.begin(), rows.end(), [](const sync::Row& row) { return row.unread(); });
  return unread == rows.end() ? first : unread->id;
}

/// The cursor stays on its message, or on the line that stands for it.
void MailList::refold(sync::Folds folds) {
  const sync::MessageId here = current() ? current()->id : 0;
  folds_ = std::move(folds);
  rows_.clear();
  if (here != 0) cursor_ = line_of(here).value_or(0);
  reload();
}

/// What a line stands for.
std::vector<sync::MessageId> MailList::messages_of(const sync::Row& row) const {
  if (row.folded < 2) return {row.id};
  std::vector<sync::MessageId> out;
  for (const sync::Row& one : thread_of(row)) out.push_back(one.id);
  return out;
}

void MailList::toggle_mark() {
  if (!current()) return;
  const std::vector<sync::MessageId> messages = messages_of(*current());
  if (marked_.contains(current()->id))
    unmark_these(messages);
  else
    mark_these(messages);
}

std::size_t MailList::mark_these(const std::vector<sync::MessageId>& messages) {
  const std::size_t before = marked_.size();
  marked_.insert(messages.begin(), messages.end());
  return marked_.size() - before;
}

void MailList::unmark_these(const std::vector<sync::MessageId>& messages) {
  for (const sync::MessageId message : messages) marked_.erase(message);
}

void MailList::mark_all() {
  if (query_) {
    marked_.insert(results_.begin(), results_.end());
    return;
  }
  for (const sync::Row& row : window(0, std::min(count_, kMostMarked))) {
    mark_these(messages_of(row));
  }
}

std::vector<sync::MessageId> MailList::targets() const {
  if (!marked_.empty()) return {marked_.begin(), marked_.end()};
  return current() ? messages_of(*current()) : std::vector<sync::MessageId>();
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

#include "mua/sync/thread_list.hpp"

#include <algorithm>
#include <utility>

namespace mua::sync {

using mailstore::Statement;

namespace {

/// The threads of a folder from the newest on.
class Threads {
 public:
  explicit Threads(const ListSource& source)
      : source_(source),
        statement_(source.store.get().database().query(
            "SELECT thread, count, newest FROM folder_thread INDEXED BY folder_thread_order WHERE "
            "folder = ? ORDER BY newest DESC, thread DESC",
            source.folder)) {
    next();
  }
  void next() { over_ = !statement_.step(); }
  bool over() const { return over_; }
  ThreadId thread() const { return statement_.integer(0); }
  std::uint32_t messages() const { return static_cast<std::uint32_t>(statement_.integer(1)); }
  std::int64_t newest() const { return statement_.integer(2); }
  const ListSource& source() const { return source_; }

 private:
  const ListSource& source_;
  Statement statement_;
  bool over_ = false;
};

/// The threads of all folders in the order of the list, and the lines of each.
class ThreadWalk {
 public:
  /// Both outlive it.
  ThreadWalk(const std::vector<ListSource>& sources, const Folds& folds) : folds_(folds) {
    for (const ListSource& source : sources) all_.emplace_back(source);
  }

  bool next() {
    begin_ = end_;
    if (at_) at_->next();
    at_ = nullptr;
    for (Threads& threads : all_) {
      if (!threads.over() && (!at_ || threads.newest() > at_->newest())) at_ = &threads;
    }
    if (at_) end_ += folded() ? 1 : at_->messages();
    return at_ != nullptr;
  }
  /// Into fewer lines than it has messages.
  bool folded() const { return at_->messages() > 1 && folds_.folded(at_->thread()); }
  ThreadId thread() const { return at_->thread(); }
  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return end_; }
  std::vector<Row> messages() const {
    return MessageList(at_->source().store).thread(at_->source().folder, thread());
  }

 private:
  const Folds& folds_;
  std::vector<Threads> all_;
  Threads* at_ = nullptr;
  std::uint32_t begin_ = 0, end_ = 0;
};

/// The first line of a thread, for all of them.
std::vector<Row> folded_rows(std::vector<Row> rows) {
  if (rows.empty()) return rows;
  const auto unread = [](const Row& row) { return row.unread(); };
  rows.front().folded = static_cast<std::uint32_t>(rows.size());
  rows.front().folded_unread =
      static_cast<std::uint32_t>(std::count_if(rows.begin(), rows.end(), unread));
  rows.resize(1);
  return rows;
}

/// What they add to as many lines as there would be with the usual threads alone.
std::int64_t lines_of_others(const ListSource& source, const Folds& folds) {
  std::int64_t hidden = 0;
  for (const ThreadId thread : folds.others) {
    const auto messages = source.store.get().database().integer(
        "SELECT count FROM folder_thread WHERE folder = ? AND thread = ?", source.folder, thread);
    hidden += messages.value_or(1) - 1;
  }
  return folds.usual == Folds::Usual::kOpen ? -hidden : hidden;
}

}  // namespace

ThreadList::ThreadList(std::vector<ListSource> sources, Folds folds)
    : sources_(std::move(sources)), folds_(std::move(folds)) {}

const ListSource* ThreadList::source_of(MessageId message) const {
  const auto found = std::find_if(sources_.begin(), sources_.end(), [&](const ListSource& source) {
    return source.store.get().number() == store_number(message);
  });
  return found == sources_.end() ? nullptr : &*found;
}

std::uint32_t ThreadList::count() const {
  std::int64_t lines = 0;
  for (const ListSource& source : sources_) {
    const bool open = folds_.usual == Folds::Usual::kOpen;
    MessageList list(source.store);
    lines += open ? list.count(source.folder) : list.thread_count(source.folder);
    lines += lines_of_others(source, folds_);
  }
  return static_cast<std::uint32_t>(std::max<std::int64_t>(lines, 0));
}

std::vector<Row> ThreadList::window(std::uint32_t first, std::uint32_t count) const {
  std::vector<Row> out;
  ThreadWalk walk(sources_, folds_);
  while (out.size() < count && walk.next()) {
    if (walk.end() <= first) continue;
    std::vector<Row> rows = walk.messages();
    if (walk.folded()) rows = folded_rows(std::move(rows));
    const std::size_t skip = first > walk.begin() ? first - walk.begin() : 0;
    for (std::size_t i = skip; i < rows.size() && out.size() < count; ++i) {
      out.push_back(std::move(rows[i]));
    }
  }
  return out;
}

std::optional<std::uint32_t> ThreadList::position(MessageId message) const {
  const ListSource* source = source_of(message);
  const auto found = source ? MessageList(source->store).row(message) : std::nullopt;
  if (!found || found->folder != source->folder) return std::nullopt;
  ThreadWalk walk(sources_, folds_);
  while (walk.next()) {
    if (walk.thread() != found->thread) continue;
    if (walk.folded()) return walk.begin();
    const std::vector<Row> rows = walk.messages();
    const auto at =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == message; });
    return walk.begin() + static_cast<std::uint32_t>(at - rows.begin());
  }
  return std::nullopt;
}

/// Ascending.
std::vector<ThreadId> ThreadList::unread_threads() const {
  std::vector<ThreadId> out;
  for (const ListSource& source : sources_) {
    Statement row = source.store.get().database().query(
        "SELECT thread FROM folder_thread WHERE folder = ? AND unread > 0", source.folder);
    while (row.step()) out.push_back(row.integer(0));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<std::uint32_t> ThreadList::unread_in(Lines lines,
                                                   const std::vector<ThreadId>& unread) const {
  ThreadWalk walk(sources_, folds_);
  while (walk.next() && walk.begin() < lines.end) {
    const bool has = std::binary_search(unread.begin(), unread.end(), walk.thread());
    if (walk.end() <= lines.begin || !has) continue;
    if (walk.folded()) return walk.begin();
    const std::vector<Row> rows = walk.messages();
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const std::uint32_t line = walk.begin() + i;
      if (line >= lines.begin && line < lines.end && rows[i].unread()) return line;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> ThreadList::next_unread(std::uint32_t from) const {
  const std::vector<ThreadId> unread = unread_threads();
  const auto below = unread_in({from, UINT32_MAX}, unread);
  return below ? below : unread_in({0, from}, unread);
}

}  // namespace mua::sync

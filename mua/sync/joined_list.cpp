#include "mua/sync/joined_list.hpp"

#include <algorithm>
#include <deque>
#include <numeric>
#include <utility>

namespace mua::sync {

namespace {

constexpr std::uint32_t kReadAtOnce = 64;
// From the top so far it is cheaper to walk than to look for a place nearer by.
constexpr std::uint32_t kShortWalk = 256;

std::uint32_t newer(const ListSource& source, std::int64_t date) {
  return static_cast<std::uint32_t>(source.store.get()
                                        .database()
                                        .integer("SELECT count(*) FROM message INDEXED BY "
                                                 "message_by_date WHERE folder = ? AND date > ?",
                                                 source.folder, date)
                                        .value_or(0));
}

/// The lines of a source from one place on downwards, read in pieces.
class Downwards {
 public:
  Downwards(const ListSource& source, std::uint32_t from) : source_(source), next_(from) {}

  const Row* peek() {
    if (rows_.empty()) read();
    return rows_.empty() ? nullptr : &rows_.front();
  }
  Row take() {
    Row row = std::move(rows_.front());
    rows_.pop_front();
    return row;
  }

 private:
  void read() {
    for (Row& row : MessageList(source_.store).window(source_.folder, next_, kReadAtOnce)) {
      rows_.push_back(std::move(row));
    }
    next_ += static_cast<std::uint32_t>(rows_.size());
  }

  const ListSource& source_;
  std::uint32_t next_;
  std::deque<Row> rows_;
};

/// The same upwards; what is taken is above the place.
class Upwards {
 public:
  Upwards(const ListSource& source, std::uint32_t from) : source_(source), next_(from) {}

  const Row* peek() {
    if (rows_.empty()) read();
    return rows_.empty() ? nullptr : &rows_.back();
  }
  void take() { rows_.pop_back(); }

 private:
  void read() {
    const std::uint32_t count = std::min(next_, kReadAtOnce);
    if (count == 0) return;
    next_ -= count;
    rows_ = MessageList(source_.store).window(source_.folder, next_, count);
  }

  const ListSource& source_;
  std::uint32_t next_;
  std::vector<Row> rows_;
};

template <class Reader>
std::vector<Reader> readers(const std::vector<ListSource>& sources,
                            const std::vector<std::uint32_t>& from) {
  std::vector<Reader> out;
  for (std::size_t i = 0; i < sources.size(); ++i) out.emplace_back(sources[i], from[i]);
  return out;
}

/// The source of the next line; nullopt at the end.
std::optional<std::size_t> newest(std::vector<Downwards>& all) {
  std::optional<std::size_t> best;
  std::int64_t date = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Row* row = all[i].peek();
    if (!row || (best && row->date <= date)) continue;
    best = i;
    date = row->date;
  }
  return best;
}

std::optional<std::size_t> oldest(std::vector<Upwards>& all) {
  std::optional<std::size_t> best;
  std::int64_t date = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Row* row = all[i].peek();
    if (!row || (best && row->date > date)) continue;
    best = i;
    date = row->date;
  }
  return best;
}

}  // namespace

JoinedList::JoinedList(std::vector<ListSource> sources) : sources_(std::move(sources)) {}

std::uint32_t JoinedList::Cut::line() const {
  return std::accumulate(above.begin(), above.end(), std::uint32_t{0});
}

JoinedList::Cut JoinedList::begin() const {
  return {std::vector<std::uint32_t>(sources_.size(), 0)};
}

JoinedList::Cut JoinedList::end() const {
  Cut cut;
  for (const ListSource& source : sources_)
    cut.above.push_back(MessageList(source.store).count(source.folder));
  return cut;
}

/// Above all that is of that second or older.
JoinedList::Cut JoinedList::at_date(std::int64_t date) const {
  Cut cut;
  for (const ListSource& source : sources_) cut.above.push_back(newer(source, date));
  return cut;
}

JoinedList::Cut JoinedList::nearest_to(std::uint32_t line) const {
  if (line <= kShortWalk) return begin();
  const auto away = [line](const Cut& cut) {
    return cut.line() > line ? cut.line() - line : line - cut.line();
  };
  Cut best = end();
  Cut other = at_date(last_date_);
  if (away(other) < away(best)) best = std::move(other);
  return away(best) < line ? best : begin();
}

JoinedList::Cut JoinedList::cut_at(std::uint32_t line) const {
  Cut cut = nearest_to(line);
  std::uint32_t at = cut.line();
  if (at < line) {
    auto below = readers<Downwards>(sources_, cut.above);
    for (auto next = newest(below); next && at < line; next = newest(below), ++at) {
      below[*next].take();
      ++cut.above[*next];
    }
  } else if (at > line) {
    auto above = readers<Upwards>(sources_, cut.above);
    for (auto next = oldest(above); next && at > line; next = oldest(above), --at) {
      above[*next].take();
      --cut.above[*next];
    }
  }
  return cut;
}

std::uint32_t JoinedList::count() const { return end().line(); }

std::vector<Row> JoinedList::window(std::uint32_t first, std::uint32_t count) {
  std::vector<Row> out;
  const Cut cut = cut_at(first);
  auto below = readers<Downwards>(sources_, cut.above);
  for (auto next = newest(below); next && out.size() < count; next = newest(below)) {
    out.push_back(below[*next].take());
  }
  if (!out.empty()) last_date_ = out.front().date;
  return out;
}

std::optional<std::uint32_t> JoinedList::position(MessageId message) {
  std::optional<std::uint32_t> line;
  std::int64_t date = 0;
  for (const ListSource& source : sources_) {
    if (source.store.get().number() != store_number(message)) continue;
    MessageList list(source.store);
    line = list.position(source.folder, message);
    if (line) date = list.row(message)->date;
  }
  if (!line) return std::nullopt;
  bool before = true;  // of the same second those of earlier accounts are above
  for (const ListSource& source : sources_) {
    if (source.store.get().number() == store_number(message))
      before = false;
    else
      *line += newer(source, before ? date - 1 : date);
  }
  last_date_ = date;
  return line;
}

std::optional<std::uint32_t> JoinedList::next_unread(std::uint32_t from) {
  const Cut cut = cut_at(from);
  std::optional<Row> below, above;  // above: found again from the top
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    MessageList list(sources_[i].store);
    const auto line = list.next_unread(sources_[i].folder, cut.above[i]);
    if (!line) continue;
    auto rows = list.window(sources_[i].folder, *line, 1);
    if (rows.empty()) continue;
    std::optional<Row>& best = *line >= cut.above[i] ? below : above;
    if (!best || rows.front().date > best->date) best = std::move(rows.front());
  }
  if (!below) below = std::move(above);
  return below ? position(below->id) : std::nullopt;
}

std::vector<Row> JoinedList::rows(std::span<const MessageId> messages) const {
  std::vector<Row> out;
  for (const MessageId message : messages) {
    for (const ListSource& source : sources_) {
      if (source.store.get().number() != store_number(message)) continue;
      auto row = MessageList(source.store).row(message);
      if (row && row->folder != 0) out.push_back(std::move(*row));
    }
  }
  return out;
}

}  // namespace mua::sync

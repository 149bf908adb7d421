#include "mailstore/text_order.hpp"

#include <algorithm>
#include <cstddef>

namespace mailstore {

namespace {

constexpr std::size_t kWord = 8;

/// A text and eight of its octets, from where those around it begin to differ.
struct Item {
  std::uint64_t word = 0;
  std::uint32_t index = 0;
};

/// Octets that are equal up to `depth`.
struct Group {
  std::size_t begin, end, depth;
};

std::uint64_t word_at(std::string_view text, std::size_t depth) {
  std::uint64_t word = 0;
  for (std::size_t i = depth; i < depth + kWord; ++i)
    word = word << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
  return word;
}

class Sorter {
 public:
  explicit Sorter(const std::vector<std::string_view>& texts) : texts_(texts) {
    items_.resize(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) items_[i].index = static_cast<std::uint32_t>(i);
  }

  std::vector<Item> run() {
    groups_.push_back({0, items_.size(), 0});
    while (!groups_.empty()) {
      const Group group = groups_.back();
      groups_.pop_back();
      split(group);
    }
    return std::move(items_);
  }

 private:
  bool ends(const Item& item, std::size_t depth) const {
    return texts_[item.index].size() <= depth + kWord;
  }

  /// By the word at its depth; what is equal there and goes on becomes a group of its own.
  void split(const Group& group) {
    const auto begin = items_.begin() + static_cast<std::ptrdiff_t>(group.begin);
    const auto end = items_.begin() + static_cast<std::ptrdiff_t>(group.end);
    for (auto item = begin; item != end; ++item)
      item->word = word_at(texts_[item->index], group.depth);
    // A text that ends is less than one that goes on, also where the rest of that is NULs.
    std::sort(begin, end, [&](const Item& a, const Item& b) {
      if (a.word != b.word) return a.word < b.word;
      const std::size_t size_a = texts_[a.index].size(), size_b = texts_[b.index].size();
      const std::size_t most = group.depth + kWord + 1;
      return std::min(size_a, most) < std::min(size_b, most);
    });
    for (auto item = begin; item != end;) {
      auto next = std::find_if(item, end, [&](const Item& i) { return i.word != item->word; });
      const auto longer =
          std::find_if(item, next, [&](const Item& i) { return !ends(i, group.depth); });
      if (next - longer > 1)
        groups_.push_back({static_cast<std::size_t>(longer - items_.begin()),
                           static_cast<std::size_t>(next - items_.begin()), group.depth + kWord});
      item = next;
    }
  }

  const std::vector<std::string_view>& texts_;
  std::vector<Item> items_;
  std::vector<Group> groups_;
};

}  // namespace

TextOrder order_texts(const std::vector<std::string_view>& texts) {
  TextOrder order;
  order.ranks.resize(texts.size());
  for (const Item& item : Sorter(texts).run()) {
    if (order.first.empty() || texts[order.first.back()] != texts[item.index])
      order.first.push_back(item.index);
    order.ranks[item.index] = static_cast<std::uint32_t>(order.first.size() - 1);
  }
  return order;
}

}  // namespace mailstore

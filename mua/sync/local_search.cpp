#include "mua/sync/local_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "mail/date.hpp"
#include "mail/searchable.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/stored_addresses.hpp"
#include "mua/sync/text_index.hpp"

namespace mua::sync {

using Kind = mail::SearchKey::Kind;
using mail::SearchKey;
using mailstore::Statement;
using mailstore::Transaction;

namespace {

constexpr std::int64_t kDay = 24 * 3600;

/// A key whose texts are folded once.
SearchKey folded(SearchKey key) {
  const bool is_text =
      key.kind == Kind::kHeader || key.kind == Kind::kBody || key.kind == Kind::kText;
  if (is_text) key.text = mail::casefold(key.text);
  for (SearchKey& child : key.children) child = folded(std::move(child));
  return key;
}

/// Conditions on `message` that every match fulfils, most of them exactly; the rest is for
/// `Verdict`.
class Conditions {
 public:
  void add(const SearchKey& key) {
    switch (key.kind) {
      case Kind::kAnd:
        for (const SearchKey& child : key.children) add(child);
        return;
      case Kind::kHeader: return indexed("header_text", key.text, key.field);
      case Kind::kBody: return indexed("body_text", key.text, "");
      case Kind::kText: return anywhere(key.text);
      case Kind::kFlag: return number(fmt::format("flags & {} <> 0", int{key.system}));
      case Kind::kNot:
        if (key.children.size() == 1 && key.children[0].kind == Kind::kFlag) {
          number(fmt::format("flags & {} = 0", int{key.children[0].system}));
        }
        return;
      case Kind::kBefore: return number(fmt::format("date < {}", (key.day + 1) * kDay));
      case Kind::kSince: return number(fmt::format("date >= {}", (key.day - 1) * kDay));
      case Kind::kLarger: return number(fmt::format("size > {}", key.number));
      case Kind::kSmaller: return number(fmt::format("size < {}", key.number));
      default: return;
    }
  }
  const std::string& sql() const { return sql_; }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  void number(const std::string& condition) { sql_ += " AND " + condition; }
  /// The parameter's number: ?1 is the folder.
  std::size_t text(std::string expression) {
    texts_.push_back(std::move(expression));
    return texts_.size() + 1;
  }
  void indexed(const char* table, const std::string& folded_text, const std::string& field) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kColumns{
        {{"from", "sender"},
         {"to", "recipients"},
         {"cc", "recipients"},
         {"subject", "subject"},
         {"", ""}}};
    const auto column = std::find_if(kColumns.begin(), kColumns.end(),
                                     [&](const auto& each) { return each.first == field; });
    if (column == kColumns.end()) return;
    if (auto match = match_expression(folded_text, column->second)) {
      const std::size_t at = text(std::move(*match));
      sql_ += fmt::format(" AND id IN (SELECT rowid FROM {0} WHERE {0} MATCH ?{1})", table, at);
    }
  }
  void anywhere(const std::string& folded_text) {
    if (auto match = match_expression(folded_text)) {
      const std::size_t at = text(std::move(*match));
      sql_ += fmt::format(
          " AND id IN (SELECT rowid FROM header_text WHERE header_text MATCH ?{0} UNION SELECT "
          "rowid FROM body_text WHERE body_text MATCH ?{0})",
          at);
    }
  }

  std::string sql_;
  std::vector<std::string> texts_;
};

/// Whether one message matches, by looking at it.
class Verdict {
 public:
  explicit Verdict(LocalStore& store) : list_(store), bodies_(store) {}

  bool of(MessageId message, const SearchKey& key) {
    header_ = list_.header(message);
    text_.reset();
    message_ = message;
    return header_ && matches(key);
  }

 private:
  bool matches(const SearchKey& key) {
    const auto child = [&](const SearchKey& each) { return matches(each); };
    const Row& row = header_->row;
    switch (key.kind) {
      case Kind::kAnd: return std::all_of(key.children.begin(), key.children.end(), child);
      case Kind::kOr: return std::any_of(key.children.begin(), key.children.end(), child);
      case Kind::kNot: return std::none_of(key.children.begin(), key.children.end(), child);
      case Kind::kFlag: return (row.flags.system & key.system) != 0;
      case Kind::kKeyword:
        return std::any_of(
            row.flags.keywords.begin(), row.flags.keywords.end(),
            [&](const std::string& k) { return mail::casefold(k) == mail::casefold(key.text); });
      case Kind::kBefore: return row.date < key.day * kDay;
      case Kind::kSince: return row.date >= key.day * kDay;
      case Kind::kOn: return row.date / kDay == key.day;
      case Kind::kLarger: return row.size > key.number;
      case Kind::kSmaller: return row.size < key.number;
      case Kind::kHeader: return field(key.field).find(key.text) != std::string::npos;
      case Kind::kBody: return text().find(key.text) != std::string::npos;
      case Kind::kText: return in_header(key.text) || text().find(key.text) != std::string::npos;
      case Kind::kAll: return true;
      default: return false;
    }
  }

  bool in_header(const std::string& sought) {
    for (const char* name : {"from", "to", "cc", "bcc", "subject"}) {
      if (field(name).find(sought) != std::string::npos) return true;
    }
    return false;
  }

  /// Folded; "" for fields that are not kept.
  std::string field(const std::string& name) const {
    const auto addresses = [](const std::vector<mail::NamedAddress>& list) {
      return mail::casefold(searchable_addresses(stored_addresses(list)));
    };
    if (name == "from") return addresses(header_->from);
    if (name == "to") return addresses(header_->to);
    if (name == "cc") return addresses(header_->cc);
    if (name == "bcc") return addresses(header_->bcc);
    if (name == "subject") return mail::casefold(header_->subject);
    if (name == "message-id") return mail::casefold(header_->message_id);
    if (name == "content-type") return header_->row.has_attachment ? "multipart/mixed" : "";
    return "";
  }

  const std::string& text() {
    if (!text_) text_ = mail::casefold(bodies_.text(message_).value_or(""));
    return *text_;
  }

  MessageList list_;
  Bodies bodies_;
  MessageId message_ = 0;
  std::optional<Header> header_;
  std::optional<std::string> text_;
};

}  // namespace

LocalFound LocalSearch::find(std::optional<FolderId> folder, const SearchKey& key, std::size_t most,
                             const std::function<bool()>& wanted) {
  Transaction snapshot(store_.database(), Transaction::Kind::kRead);
  const SearchKey sought = folded(key);
  Conditions conditions;
  conditions.add(sought);
  Statement row = store_.database().query(
      fmt::format("SELECT id FROM message WHERE {}{} ORDER BY date DESC, uid DESC, id DESC",
                  folder ? "folder = ?1" : "folder > ?1", conditions.sql()),
      folder.value_or(0));
  int parameter = 1;
  for (const std::string& text : conditions.texts()) row.bind(++parameter, text);
  LocalFound found;
  Verdict verdict(store_);
  while (wanted() && row.step()) {
    const MessageId message = row.integer(0);
    if (!verdict.of(message, sought)) continue;
    if (found.messages.size() == most) {
      found.more = true;
      break;
    }
    found.messages.push_back(message);
  }
  return found;
}

}  // namespace mua::sync

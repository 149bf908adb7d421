#include "mail/message_ids.hpp"

#include <utility>

#include "mail/ascii.hpp"

namespace mail {
namespace {

/// Reads ids from the front of a text.
class IdReader {
 public:
  explicit IdReader(std::string_view text) : text_(text) {}

  // msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]; with RFC 822's quoted local parts
  /// The next one; "" at the end.
  std::string next() {
    while (at_ < text_.size()) {
      switch (text_[at_++]) {
        case '(': skip_comment(); break;
        case '"': skip_quoted(); break;
        case '<':
          if (std::string id = inside(); !id.empty()) return id;
          break;
        default: break;
      }
    }
    return "";
  }

 private:
  void skip_quoted() {
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    ++at_;
  }

  void skip_comment() {
    for (int depth = 1; at_ < text_.size() && depth > 0; ++at_) {
      if (text_[at_] == '\\')
        ++at_;
      else if (text_[at_] == '(')
        ++depth;
      else if (text_[at_] == ')')
        --depth;
    }
  }

  /// After "<": the id up to ">"; "" when it is none.
  std::string inside() {
    std::string id;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted && at_ + 1 < text_.size()) {
        id += text_[++at_];
      } else if (c == '>' && !quoted) {
        ++at_;
        return is_id(id) ? std::move(id) : "";
      } else if (c == '<' && !quoted) {
        return "";  // the ">" of the id before was forgotten
      } else if (quoted || !is_space(c)) {
        id += c;
      }
    }
    return "";
  }

  static bool is_id(std::string_view id) {
    const std::size_t at = id.rfind('@');
    return at != std::string_view::npos && at > 0 && at + 1 < id.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string> message_ids(std::string_view value, std::size_t most) {
  std::vector<std::string> ids;
  IdReader reader(value);
  while (ids.size() < most) {
    std::string id = reader.next();
    if (id.empty()) break;
    ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace mail

#include "mail/imap_node.hpp"

#include <charconv>

#include "mail/ascii.hpp"

namespace mail::imap {

namespace {

// Deeper than any message `describe` has a structure for, shallow enough for every stack.
constexpr int kMaxDepth = 500;

class NodeParser {
 public:
  explicit NodeParser(std::string_view text) : text_(text) {}

  Result<std::vector<Node>, std::string> all() {
    std::vector<Node> nodes = sequence(0);
    if (error_.empty() && at_ < text_.size()) error_ = "a parenthesis too many";
    if (!error_.empty()) return unexpected(error_);
    return nodes;
  }

 private:
  /// Values up to the end or an unpaired ")".
  std::vector<Node> sequence(int depth) {
    std::vector<Node> nodes;
    while (error_.empty()) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ == text_.size() || text_[at_] == ')') break;
      nodes.push_back(value(depth));
    }
    return nodes;
  }

  Node value(int depth) {
    if (text_[at_] == '(') return list(depth);
    if (text_[at_] == '"') return quoted();
    if (text_[at_] == '{' || text_.substr(at_).starts_with("~{")) return literal();
    return atom();
  }

  Node list(int depth) {
    ++at_;
    if (depth >= kMaxDepth) return fail("lists are nested too deeply");
    Node node{Node::Kind::kList, "", sequence(depth + 1)};
    if (!error_.empty()) return node;
    if (at_ == text_.size()) return fail("a list without its end");
    ++at_;
    return node;
  }

  Node quoted() {
    Node node{Node::Kind::kString, "", {}};
    for (++at_; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        return node;
      }
      if (c == '\\' && at_ + 1 < text_.size()) c = text_[++at_];
      node.text += c;
    }
    return fail("a quoted string without its end");
  }

  // literal = "{" number ["+"] "}" CRLF *OCTET
  Node literal() {
    if (text_[at_] == '~') ++at_;
    std::uint64_t size = 0;
    const char* begin = text_.data() + at_ + 1;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), size);
    at_ = static_cast<std::size_t>(end - text_.data());
    if (at_ < text_.size() && text_[at_] == '+') ++at_;
    if (error != std::errc() || text_.substr(at_, 3) != "}\r\n" || size > text_.size() - at_ - 3) {
      return fail("a wrong literal");
    }
    at_ += 3;
    Node node{Node::Kind::kString, std::string(text_.substr(at_, size)), {}};
    at_ += size;
    return node;
  }

  // An atom may carry a section with spaces and parentheses: BODY[HEADER.FIELDS (FROM TO)]<0>.
  Node atom() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '(' && text_[at_] != ')') {
      if (text_[at_] == '[' && !no_bracket_ends_) skip_section();
      ++at_;
    }
    Node node{Node::Kind::kAtom, std::string(text_.substr(begin, at_ - begin)), {}};
    if (same_ignoring_case(node.text, "NIL")) return Node{};
    return node;
  }

  void skip_section() {
    const std::size_t end = text_.find(']', at_);
    if (end == std::string_view::npos) {
      no_bracket_ends_ = true;  // once is enough to know: time stays linear
    } else {
      at_ = end;
    }
  }

  Node fail(const char* reason) {
    if (error_.empty()) error_ = reason;
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool no_bracket_ends_ = false;
  std::string error_;
};

}  // namespace

bool Node::is(std::string_view word) const {
  return (kind == Kind::kAtom || kind == Kind::kString) && same_ignoring_case(text, word);
}

std::optional<std::uint64_t> Node::number() const {
  if (text.empty()) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> Node::nz_number() const {
  const auto value = number();
  if (!value || *value == 0 || *value > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

Result<std::vector<Node>, std::string> parse_nodes(std::string_view text) {
  return NodeParser(text).all();
}

}  // namespace mail::imap

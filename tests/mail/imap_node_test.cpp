#include "mail/imap_node.hpp"

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

/// Nodes as text again, in one spelling.
std::string show(const std::vector<Node>& nodes) {
  std::string out;
  for (const Node& node : nodes) {
    if (!out.empty()) out += ' ';
    switch (node.kind) {
      case Node::Kind::kNil: out += "NIL"; break;
      case Node::Kind::kAtom: out += node.text; break;
      case Node::Kind::kString: out += "'" + node.text + "'"; break;
      case Node::Kind::kList: out += "(" + show(node.items) + ")"; break;
    }
  }
  return out;
}

std::string read(std::string_view text) {
  const auto nodes = parse_nodes(text);
  return nodes ? show(*nodes) : "error: " + nodes.error();
}

TEST(ImapNode, ReadsEveryKind) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("12 nil \"a \\\"b\\\\\" {3}\r\n(a) ~{2}\r\n\r\n ()"),
            "12 NIL 'a \"b\\' '(a)' '\r\n' ()");
  EXPECT_EQ(read("((a)(b))(c d)"), "((a) (b)) (c d)");
  EXPECT_EQ(read("  a   b "), "a b");
}

TEST(ImapNode, ASectionIsPartOfItsAtom) {
  EXPECT_EQ(read("BODY[HEADER.FIELDS (FROM TO)]<0> \"x\" (\\Seen \\*)"),
            "BODY[HEADER.FIELDS (FROM TO)]<0> 'x' (\\Seen \\*)");
  EXPECT_EQ(read("a[b (c)"), "a[b (c)");
}

TEST(ImapNode, SaysWhatIsWrong) {
  EXPECT_EQ(read("(a"), "error: a list without its end");
  EXPECT_EQ(read("a)"), "error: a parenthesis too many");
  EXPECT_EQ(read("\"a"), "error: a quoted string without its end");
  for (const char* text :
       {"{", "{x}\r\n", "{9}\r\nabc", "{99999999999999999999999}\r\n", "{3}", "~{"}) {
    EXPECT_EQ(read(text), "error: a wrong literal") << text;
  }
}

TEST(ImapNode, StaysBoundedAndLinear) {
  EXPECT_EQ(read(std::string(100000, '(')), "error: lists are nested too deeply");
  EXPECT_EQ(parse_nodes(std::string(1000000, '['))->size(), 1u);
  std::string brackets;
  for (int i = 0; i < 100000; ++i) brackets += "a[ ";
  EXPECT_EQ(parse_nodes(brackets)->size(), 100000u);
}

TEST(ImapNode, ReadsNumbers) {
  const auto nodes = *parse_nodes("7 0 4294967296 -1 7x NIL");
  EXPECT_EQ(nodes[0].nz_number(), 7u);
  EXPECT_EQ(nodes[1].number(), 0u);
  EXPECT_FALSE(nodes[1].nz_number());
  EXPECT_EQ(nodes[2].number(), 4294967296u);
  for (int i = 2; i < 6; ++i) EXPECT_FALSE(nodes[i].nz_number()) << i;
}

}  // namespace
}  // namespace mail::imap

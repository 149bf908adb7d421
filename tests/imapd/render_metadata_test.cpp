#include "imapd/render_metadata.hpp"

#include <gtest/gtest.h>

namespace imapd {
namespace {

std::string rendered(std::optional<std::string> value, const Enabled& enabled = {}) {
  std::string out;
  append_metadata(out, "INBOX", {{"/private/comment", std::move(value)}}, enabled);
  return out;
}

TEST(RenderMetadata, ValuesComeInTheFormThatHoldsThem) {
  using namespace std::string_literals;
  EXPECT_EQ(rendered(std::nullopt), "* METADATA INBOX (/private/comment NIL)\r\n");
  EXPECT_EQ(rendered(""), "* METADATA INBOX (/private/comment \"\")\r\n");
  EXPECT_EQ(rendered("a\r\nb"), "* METADATA INBOX (/private/comment {4}\r\na\r\nb)\r\n");
  EXPECT_EQ(rendered("a\0b"s), "* METADATA INBOX (/private/comment ~{3}\r\na\0b)\r\n"s);
  EXPECT_EQ(rendered("é"), "* METADATA INBOX (/private/comment {2}\r\né)\r\n");
}

TEST(RenderMetadata, TheServerHasNoName) {
  std::string out;
  append_metadata(out, "", {{"/shared/admin", "x"}, {"/private/a", "y"}}, {});
  EXPECT_EQ(out, "* METADATA \"\" (/shared/admin \"x\" /private/a \"y\")\r\n");
  out.clear();
  append_metadata(out, "INBOX", {}, {});
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace imapd

#include "mail/field_writer.hpp"

#include <gtest/gtest.h>

#include "mail/content_type.hpp"
#include "mail/header.hpp"

namespace mail {
namespace {

std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\r\n"), text.size());
    longest = std::max(longest, end);
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return longest;
}

TEST(FieldWriter, TextCanAddNoField) {
  std::string out;
  append_text_field(out, "Subject", "a\r\nBcc: evil@x\n\nbody");
  EXPECT_EQ(find_fields(out, "bcc").size(), 0U);
  EXPECT_EQ(header_size(out), out.size());
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
}

TEST(FieldWriter, AddressesFoldAndReadTheSame) {
  std::vector<NamedAddress> list;
  for (int i = 0; i < 20; ++i) {
    const std::string n = std::to_string(i);
    list.push_back({i % 3 == 0   ? ""
                    : i % 3 == 1 ? "Name, " + n
                                 : "파발 파발 파발 " + n,
                    {"user" + n, "example.test"}});
  }
  std::string out;
  append_address_field(out, "To", list);
  EXPECT_LE(longest_line(out), 78U);
  const auto read = parse_address_list(find_field(out, "to")->value);
  ASSERT_EQ(read.size(), list.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].name, list[i].name);
    EXPECT_EQ(read[i].address, list[i].address);
  }
}

TEST(FieldWriter, DomainsGoInAsciiWhereTheyCan) {
  std::string out;
  append_address_field(out, "To", {{"", {"a", "bücher.example"}}, {"", {"é", "bücher.example"}}});
  EXPECT_EQ(out, "To: a@xn--bcher-kva.example, é@bücher.example\r\n");
}

TEST(FieldWriter, Ids) {
  std::string out;
  append_id_field(out, "References", {"<a@b>", "<c@d>\r\nX: y"});
  EXPECT_EQ(out, "References: <a@b>\r\n <c@d>X: y\r\n");
  append_id_field(out, "References", {});
  EXPECT_EQ(out, "References: <a@b>\r\n <c@d>X: y\r\n");
}

TEST(FieldWriter, ParametersReadTheSame) {
  std::string longer;
  for (int i = 0; i < 30; ++i) longer += "파발 ";
  for (const std::string& name :
       {std::string("a.txt"), std::string("a \"b\".txt"), std::string("파발.txt"), longer + ".txt",
        std::string(200, 'a'), std::string("a\r\nb"), std::string("it's 100%.txt"),
        std::string()}) {
    std::string out = "attachment";
    append_parameter_line(out, "filename", name);
    EXPECT_LE(longest_line(out), 78U) << out;
    const Parameters params = parse_parameterized(out).params;
    ASSERT_EQ(params.size(), 1U);
    EXPECT_EQ(params[0], (std::pair<std::string, std::string>("filename", name)));
  }
}

}  // namespace
}  // namespace mail

#include "mail/part_scanner.hpp"

#include <gtest/gtest.h>

#include "mail/content_type.hpp"

namespace mail {
namespace {

std::string with_lf(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '\r');
  return plain;
}

// "type/subtype{header|body}" of the whole tree, line ends shown as "/".
std::string shown(const Part& part, std::string_view message) {
  std::string text = part.type + "/" + part.subtype;
  if (part.children.empty()) {
    text += "{" + std::string(part.body.in(message)) + "}" + std::to_string(part.lines);
    for (char& c : text) c = c == '\n' ? '~' : c;
    std::erase(text, '\r');
    return text;
  }
  text += '[';
  for (const Part& child : part.children) text += shown(child, message) + " ";
  text.back() = ']';
  return text;
}

void expect_parts(std::string_view message, std::string_view expected) {
  EXPECT_EQ(shown(scan_parts(message), message), expected);
  const std::string lf = with_lf(message);
  EXPECT_EQ(shown(scan_parts(lf), lf), expected);
}

std::string mixed(std::string_view body) {
  return "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n" + std::string(body);
}

TEST(PartScanner, SinglePart) {
  expect_parts("", "text/plain{}0");
  expect_parts("\r\n", "text/plain{}0");
  expect_parts("\r\nbody", "text/plain{body}0");
  expect_parts("Subject: x\r\n\r\none\r\ntwo\r\n", "text/plain{one~two~}2");
  expect_parts("Content-Type: TEXT/HTML\r\n\r\n<p>\r\n", "text/html{<p>~}1");
  expect_parts("Content-Type: nonsense\r\n\r\nx", "text/plain{x}0");
  expect_parts("Content-Type: text\r\n\r\nx", "text/plain{x}0");
  expect_parts("no header at all", "text/plain{}0");
}

TEST(PartScanner, Multiparts) {
  expect_parts(mixed("preamble\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: "
                     "a/b\r\n\r\ntwo\r\n\r\n--b--\r\nepilogue"),
               "multipart/mixed[text/plain{one}0 a/b{two~}1]");
  expect_parts(mixed("--b \t\r\n\r\none\r\n--b-- \r\n"), "multipart/mixed[text/plain{one}0]");
  expect_parts(mixed("--b\r\n\r\none\r\n--bc\r\n-- b\r\n--b-\r\n--b--"),
               "multipart/mixed[text/plain{one~--bc~-- b~--b-}3]");
}

TEST(PartScanner, EmptyParts) {
  expect_parts(mixed("--b\r\n\r\n--b\r\n\r\n\r\n--b--\r\n"),
               "multipart/mixed[text/plain{}0 text/plain{}0]");
  expect_parts(mixed("--b\r\nContent-Type: a/b\r\n--b\r\n--b--"),
               "multipart/mixed[a/b{}0 text/plain{}0]");
  expect_parts(mixed("--b"), "multipart/mixed[text/plain{}0]");
}

TEST(PartScanner, AMessageCutInItsHeaderLiesWithinItsPart) {
  for (const std::string_view header : {"Subject: s\n", "Subject: s\n\n", "\n", ""}) {
    const std::string message =
        mixed("--b\nContent-Type: message/rfc822\n\n" + std::string(header) + "--b--");
    const Part root = scan_parts(message);
    const Part& inner = root.children.at(0).children.at(0);
    EXPECT_EQ(inner.header.in(message), header);
    EXPECT_EQ(inner.body.in(message), "");
    EXPECT_EQ(inner.body.end, root.children[0].body.end);
    EXPECT_EQ(inner.lines, 0U);
  }
}

TEST(PartScanner, WithoutTheEnd) {
  expect_parts(mixed("--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n"),
               "multipart/mixed[text/plain{one}0 text/plain{two~}1]");
  expect_parts(mixed("nothing\r\n"), "text/plain{nothing~}1");
  expect_parts(mixed("--b--\r\nx"), "text/plain{--b--~x}1");
  expect_parts("Content-Type: multipart/mixed\r\n\r\n--b\r\n", "text/plain{--b~}1");
}

TEST(PartScanner, NestedMultiparts) {
  const std::string inner = "Content-Type: multipart/alternative; boundary=i\r\n\r\n";
  expect_parts(mixed("--b\r\n" + inner +
                     "--i\r\n\r\none\r\n--i\r\n\r\ntwo\r\n--i--\r\n\r\n--b\r\n\r\nthree\r\n--b--"),
               "multipart/mixed[multipart/alternative[text/plain{one}0 text/plain{two}0] "
               "text/plain{three}0]");
  // The inner end is missing: the outer delimiter ends it.
  expect_parts(mixed("--b\r\n" + inner + "--i\r\n\r\none\r\n--b\r\n\r\nthree\r\n--b--"),
               "multipart/mixed[multipart/alternative[text/plain{one}0] text/plain{three}0]");
}

TEST(PartScanner, MessagesInMessages) {
  expect_parts(
      mixed("--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\nin\r\nside\r\n--b--"),
      "multipart/mixed[message/rfc822[text/plain{in~side}1]]");
  expect_parts("Content-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\nx",
               "message/rfc822[text/plain{x}0]");
  expect_parts("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nWA==",
               "application/octet-stream{WA==}0");
  expect_parts(
      "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: s\r\n\r\nx\r\n--b--",
      "multipart/digest[message/rfc822[text/plain{x}0]]");
}

TEST(PartScanner, EveryOctetOfHeaderAndBodyIsWhereItSaysItIs) {
  const std::string message = mixed(
      "pre\r\n--b\r\nContent-Type: text/plain; charset=utf-8; name*=utf-8''%EA%B0%80\r\n"
      "Content-ID: <1@x>\r\nContent-Description: a\r\n b\r\nContent-MD5: m\r\n"
      "Content-Language: en, ko\r\nContent-Location: http://x/\r\n"
      "Content-Transfer-Encoding: BASE64 (c)\r\n"
      "Content-Disposition: Attachment; filename=\"a b.txt\"\r\n\r\n7YyM67Cc\r\n--b--\r\n");
  const Part root = scan_parts(message);
  ASSERT_EQ(root.children.size(), 1U);
  const Part& part = root.children[0];
  EXPECT_TRUE(part.header.in(message).starts_with("Content-Type: text/plain"));
  EXPECT_TRUE(part.header.in(message).ends_with("txt\"\r\n\r\n"));
  EXPECT_EQ(part.body.in(message), "7YyM67Cc");
  EXPECT_EQ(part.params, (Parameters{{"charset", "utf-8"}, {"name", "가"}}));
  EXPECT_EQ(part.id, "<1@x>");
  EXPECT_EQ(part.description, "a b");
  EXPECT_EQ(part.md5, "m");
  EXPECT_EQ(part.language, "en, ko");
  EXPECT_EQ(part.location, "http://x/");
  EXPECT_EQ(part.encoding, "base64");
  EXPECT_EQ(part.disposition, "attachment");
  EXPECT_EQ(part.disposition_params, (Parameters{{"filename", "a b.txt"}}));
  EXPECT_EQ(decode_text(part, message), "파발");
  EXPECT_EQ(decode_body(part, message), "파발");
}

TEST(PartScanner, FindsPartsByNumber) {
  // RFC 9051 §6.4.5.1's example, shortened.
  const std::string message = mixed(
      "--b\r\nContent-Type: text/plain\r\n\r\none\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\n"
      "Content-Type: multipart/mixed; boundary=i\r\n\r\n"
      "--i\r\n\r\ntwo.one\r\n--i\r\nContent-Type: image/gif\r\n\r\ntwo.two\r\n--i--\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\nthree.one\r\n--b--\r\n");
  const Part root = scan_parts(message);
  const auto body = [&](const std::vector<unsigned>& number) -> std::string {
    const Part* part = find_part(root, number);
    return part == nullptr ? "none" : std::string(part->body.in(message));
  };
  EXPECT_EQ(find_part(root, {}), &root);
  EXPECT_EQ(body({1}), "one");
  EXPECT_EQ(body({1, 1}), "none");
  EXPECT_EQ(body({2, 1}), "two.one");
  EXPECT_EQ(body({2, 2}), "two.two");
  EXPECT_EQ(body({2, 3}), "none");
  EXPECT_EQ(body({2, 1, 1}), "none");
  EXPECT_EQ(body({3, 1}), "three.one");
  EXPECT_EQ(body({3, 1, 1}), "none");
  EXPECT_EQ(body({3, 2}), "none");
  EXPECT_EQ(body({4}), "none");
  EXPECT_EQ(body({0}), "none");

  const Part single = scan_parts("Subject: s\r\n\r\nx");
  EXPECT_EQ(find_part(single, {1}), &single);
  EXPECT_EQ(find_part(single, {2}), nullptr);
  EXPECT_EQ(find_part(single, {1, 1}), nullptr);
}

std::size_t depth_of(const Part& part) {
  std::size_t deepest = 0;
  for (const Part& child : part.children) deepest = std::max(deepest, depth_of(child));
  return deepest + 1;
}

std::size_t count_of(const Part& part) {
  std::size_t count = 1;
  for (const Part& child : part.children) count += count_of(child);
  return count;
}

TEST(PartScanner, DepthIsBounded) {
  std::string nested;
  for (int i = 0; i < 5000; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    nested +=
        "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
  }
  const Part root = scan_parts(nested);
  EXPECT_EQ(depth_of(root), 101U);
  std::string wrapped;
  for (int i = 0; i < 5000; ++i) wrapped += "Content-Type: message/rfc822\r\n\r\n";
  EXPECT_EQ(depth_of(scan_parts(wrapped)), 101U);
}

TEST(PartScanner, NumberIsBounded) {
  std::string many = mixed("");
  for (int i = 0; i < 30000; ++i) many += "--b\r\n\r\nx\r\n";
  const Part root = scan_parts(many);
  EXPECT_EQ(count_of(root), 10000U);
  EXPECT_EQ(root.children.back().type, "application");
  EXPECT_EQ(root.children.back().body.end, many.size());
  EXPECT_EQ(root.body.end, many.size());
}

}  // namespace
}  // namespace mail

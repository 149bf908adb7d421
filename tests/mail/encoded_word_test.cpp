#include "mail/encoded_word.hpp"

#include <gtest/gtest.h>

namespace mail {
namespace {

TEST(EncodedWord, Decodes) {
  struct {
    const char *text, *decoded;
  } const cases[] = {
      {"plain", "plain"},
      {"=?UTF-8?B?7YyM67Cc?=", "파발"},
      {"=?utf-8?q?a_b=3Dc?=", "a b=c"},
      {"=?iso-8859-1?Q?caf=E9_?= x", "café  x"},
      {"=?utf-8*ko?B?7YyM67Cc?=", "파발"},
      {"=?ks_c_5601-1987?B?xsS53w==?=", "파발"},
      // RFC 2047 §8
      {"(=?ISO-8859-1?Q?a?=)", "(a)"},
      {"(=?ISO-8859-1?Q?a?= b)", "(a b)"},
      {"(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a?=  \r\n\t =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a_b?=)", "(a b)"},
      {"(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)", "(a b)"},
      // characters cut between words
      {"=?UTF-8?B?7Yw=?= =?UTF-8?B?jOuwnA==?=", "파발"},
      {"=?UTF-8?Q?=ED=8C?= =?UTF-8?B?jOuwnA==?=", "파발"},
      // senders who err
      {"x=?UTF-8?Q?a?=y", "xay"},
      {"=?UTF-8?Q?a b?=", "a b"},
      {"=?UTF-8?B?7YyM67Cc", "=?UTF-8?B?7YyM67Cc"},
      {"=?UTF-8?X?abc?=", "=?UTF-8?X?abc?="},
      {"=??Q?abc?=", "=??Q?abc?="},
      {"=?=?=?", "=?=?=?"},
      {"=?nobody?Q?caf=E9?=", "café"},
      {"=?UTF-8?B?!!!?=", ""},
      {"caf\xE9", "café"},
      {"=?UTF-8?Q?\?= b", " b"},
  };
  for (const auto& expected : cases) EXPECT_EQ(decode_words(expected.text), expected.decoded);
}

void expect_lines_fit(std::string_view text, std::size_t column) {
  std::string line(column, ' ');
  for (const char c : std::string(text) + '\n') {
    if (c != '\n') {
      line += c;
      continue;
    }
    EXPECT_LE(line.size(), 79U) << line;  // the CR counts here
    line.clear();
  }
}

std::string unfolded(std::string_view text) {
  std::string plain(text);
  std::erase_if(plain, [](char c) { return c == '\r' || c == '\n'; });
  return plain;
}

TEST(EncodedWord, EncodesWhatDecodesToTheSame) {
  std::string korean, emoji, words;
  for (int i = 0; i < 40; ++i)
    korean += "파발 마", emoji += "😀", words += "word" + std::to_string(i) + " ";
  words += "end";
  for (const std::string& text : {std::string("short"), std::string("café"), korean, emoji, words,
                                  std::string("=?UTF-8?Q?no word?="), std::string(2000, 'a')}) {
    for (const std::size_t column : {0, 9, 40}) {
      const std::string encoded = encode_unstructured(text, column);
      EXPECT_EQ(decode_words(unfolded(encoded)), text);
      expect_lines_fit(encoded, column);
    }
  }
  EXPECT_EQ(encode_unstructured("short", 9), "short");
}

TEST(EncodedWord, Phrases) {
  EXPECT_EQ(encode_phrase("Alice Liddell", 6), "Alice Liddell");
  EXPECT_EQ(encode_phrase("Alice, \"A\" L.", 6), "\"Alice, \\\"A\\\" L.\"");
  EXPECT_EQ(encode_phrase("파발", 6), "=?UTF-8?B?7YyM67Cc?=");
  EXPECT_EQ(encode_phrase("", 6), "\"\"");
}

}  // namespace
}  // namespace mail

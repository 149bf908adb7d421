#include "mail/smtp_extensions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mail::smtp {
namespace {

Extensions read(std::vector<std::string> lines) {
  Reply reply(250, "", "server.test PIPELINING");
  reply.lines.insert(reply.lines.end(), lines.begin(), lines.end());
  return parse_extensions(reply);
}

TEST(SmtpExtensions, TheFirstLineIsNoKeyword) { EXPECT_EQ(read({}), Extensions{}); }

TEST(SmtpExtensions, ReadsKeywordsInAnyCase) {
  const Extensions e = read({"pipelining", "8bitMIME", "Chunking", "BINARYMIME", "SMTPUTF8",
                             "STARTTLS", "DSN", "X-UNKNOWN a b"});
  EXPECT_TRUE(e.pipelining && e.eightbitmime && e.chunking && e.binarymime && e.smtputf8 &&
              e.starttls && e.dsn);
  EXPECT_FALSE(e.size);
}

TEST(SmtpExtensions, ReadsSize) {
  EXPECT_EQ(read({"SIZE 52428800"}).limit, 52428800u);
  for (const char* line :
       {"SIZE", "SIZE 0", "SIZE many", "SIZE 99999999999999999999999", "SIZE -1"}) {
    EXPECT_TRUE(read({line}).size) << line;
    EXPECT_FALSE(read({line}).limit) << line;
  }
}

TEST(SmtpExtensions, ReadsBothFormsOfAuthOnce) {
  EXPECT_THAT(read({"AUTH PLAIN  login", "AUTH=PLAIN CRAM-MD5"}).auth,
              testing::ElementsAre("PLAIN", "LOGIN", "CRAM-MD5"));
}

}  // namespace
}  // namespace mail::smtp

#include "sendmail/local_connection.hpp"

#include <gtest/gtest.h>

#include "sendmail/exit_status.hpp"
#include "tests/sendmail/scripted_smtpd.hpp"

namespace sendmail {
namespace {

int status_of_connecting(const std::filesystem::path& socket) {
  try {
    LocalConnection connection(socket);
  } catch (const Failure& failure) {
    return failure.status;
  }
  return EX_OK;
}

TEST(LocalConnection, LinesComeOneByOne) {
  ScriptedSmtpd smtpd(Replies{{"greeting", "220-one\r\n220 two\n"}, {"NOOP", "250 ok\r\n"}});
  LocalConnection connection(smtpd.socket());
  EXPECT_EQ(connection.read_line(100), "220-one");
  EXPECT_EQ(connection.read_line(100), "220 two");
  connection.write("NOOP\r\nQUIT\r\n");
  EXPECT_EQ(connection.read_line(100), "250 ok");
  EXPECT_EQ(connection.read_line(100), "221 2.0.0 Bye");
  EXPECT_THROW(connection.read_line(100), std::runtime_error);
}

TEST(LocalConnection, ALineWithoutEndIsNotWaitedFor) {
  ScriptedSmtpd smtpd(Replies{{"greeting", std::string(10000, 'x')}});
  LocalConnection connection(smtpd.socket());
  EXPECT_THROW(connection.read_line(100), std::runtime_error);
}

TEST(LocalConnection, WithoutAServerItIsTriedLater) {
  tests::TemporaryFolder folder;
  EXPECT_EQ(status_of_connecting(folder.path() / "none.sock"), EX_TEMPFAIL);
  EXPECT_EQ(status_of_connecting(folder.path() / std::string(200, 'x')), EX_CONFIG);
}

}  // namespace
}  // namespace sendmail

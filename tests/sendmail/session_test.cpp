#include "sendmail/session.hpp"

#include <gtest/gtest.h>
#include <sysexits.h>
#include <unistd.h>

#include <array>

#include "tests/sendmail/scripted_smtpd.hpp"

namespace sendmail {
namespace {

struct Pipe {
  Pipe() { EXPECT_EQ(::pipe(ends.data()), 0); }
  ~Pipe() {
    close_writer();
    ::close(ends[0]);
  }
  void close_writer() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
  void write(std::string_view text) {
    EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  std::string read_all() {
    std::string all;
    std::array<char, 4096> octets;
    close_writer();
    for (ssize_t count; (count = ::read(ends[0], octets.data(), octets.size())) > 0;)
      all.append(octets.data(), static_cast<std::size_t>(count));
    return all;
  }
  std::array<int, 2> ends{};
};

TEST(Session, OctetsGoBothWays) {
  ScriptedSmtpd smtpd;
  LocalConnection connection(smtpd.socket());
  Pipe in, out;
  in.write("MAIL FROM:<a@b.test>\r\nQUIT\r\n");
  EXPECT_EQ(pass_on(connection, in.ends[0], out.ends[1]), EX_OK);
  EXPECT_EQ(out.read_all(), "220 mail.example.test ESMTP\r\n250 2.1.0 Ok\r\n221 2.0.0 Bye\r\n");
}

TEST(Session, WhoeverTypesEndsLinesInLf) {
  ScriptedSmtpd smtpd;
  LocalConnection connection(smtpd.socket());
  Pipe in, out;
  in.write("MAIL FROM:<a@b.test>\nQUIT\n");
  EXPECT_EQ(pass_on(connection, in.ends[0], out.ends[1]), EX_OK);
  EXPECT_EQ(out.read_all(), "220 mail.example.test ESMTP\r\n250 2.1.0 Ok\r\n221 2.0.0 Bye\r\n");
}

TEST(Session, WhatComesWithCrlfIsNotTouched) {
  ScriptedSmtpd smtpd;
  LocalConnection connection(smtpd.socket());
  Pipe in, out;
  in.write("MAIL FROM:<a@b.test>\r\nNOOP bare\nQUIT\r\n");
  EXPECT_EQ(pass_on(connection, in.ends[0], out.ends[1]), EX_OK);
  EXPECT_EQ(smtpd.commands(),
            (std::vector<std::string>{"MAIL FROM:<a@b.test>", "NOOP bare\n", "QUIT"}));
}

TEST(Session, TheEndOfTheInputEndsIt) {
  ScriptedSmtpd smtpd;
  LocalConnection connection(smtpd.socket());
  Pipe in, out;
  in.close_writer();
  EXPECT_EQ(pass_on(connection, in.ends[0], out.ends[1]), EX_OK);
  EXPECT_EQ(out.read_all(), "220 mail.example.test ESMTP\r\n");
}

}  // namespace
}  // namespace sendmail

#include "sendmail/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "sendmail/user.hpp"
#include "tests/sendmail/scripted_smtpd.hpp"

namespace sendmail {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class RunTest : public testing::Test {
 protected:
  std::filesystem::path settings(const std::string& local) {
    const auto file = smtpd_.folder() / "pabal.toml";
    std::ofstream(file) << "hostname = \"mail.example.test\"\ndomain = \"example.test\"\n"
                        << "[smtp]\nlocal = \"" << local << "\"\n";
    return file;
  }

  int call(std::vector<std::string> words, const std::string& text,
           const std::string& local = "smtp.sock") {
    words.insert(words.begin(), {"sendmail", "-C", settings(local).string()});
    std::vector<const char*> argv;
    for (const std::string& word : words) argv.push_back(word.c_str());
    std::istringstream in(text);
    std::streambuf* kept = std::cin.rdbuf(in.rdbuf());
    std::cin.clear();
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    const int status = run(static_cast<int>(argv.size()), argv.data());
    std::cin.rdbuf(kept);
    std::fflush(stdout);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return status;
  }

  ScriptedSmtpd smtpd_{Replies{{"RCPT TO:<nobody@", "550 5.1.1 Unknown\r\n"},
                               {"MAIL FROM:<eve@", "550 5.7.1 You may not send as eve\r\n"}}};
  std::string out_, err_;
};

TEST_F(RunTest, SendsToThoseOfTheHeaderAndOfTheCommandLine) {
  EXPECT_EQ(call({"-t", "-F", "The Daemon", "dave@far.test"},
                 "To: bob\nBcc: carol@far.test\nSubject: x\n\nbody\n.\nnot sent\n"),
            EX_OK);
  const std::string me = find_user(::geteuid()).name;
  const auto commands = smtpd_.commands();
  ASSERT_EQ(commands.size(), 7U);
  EXPECT_THAT(commands[1], StartsWith("MAIL FROM:<" + me + "@example.test>"));
  EXPECT_EQ(commands[2], "RCPT TO:<dave@far.test>");
  EXPECT_EQ(commands[3], "RCPT TO:<bob@example.test>");
  EXPECT_EQ(commands[4], "RCPT TO:<carol@far.test>");
  EXPECT_THAT(smtpd_.message(),
              HasSubstr("From: The Daemon <" + me + "@example.test>\r\n\r\nbody"));
  EXPECT_EQ(smtpd_.message().find("not sent"), std::string::npos);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(RunTest, TheSenderIsGiven) {
  EXPECT_EQ(call({"-f", "<>", "-N", "success", "-R", "full", "-V", "me+you", "bob"}, "x\n"), EX_OK);
  EXPECT_THAT(smtpd_.commands().at(1), HasSubstr("MAIL FROM:<>"));
  EXPECT_THAT(smtpd_.commands().at(1), HasSubstr(" RET=FULL ENVID=me+2Byou"));
  EXPECT_EQ(smtpd_.commands().at(2), "RCPT TO:<bob@example.test> NOTIFY=SUCCESS");
}

TEST_F(RunTest, RefusedRecipientsAreNamed) {
  EXPECT_EQ(call({"-v", "bob", "nobody"}, "x\n"), EX_NOUSER);
  EXPECT_EQ(err_, "sendmail: nobody@example.test: 550 5.1.1 Unknown\n");
  EXPECT_EQ(out_, "bob@example.test: 250 2.0.0 Queued as e1-1\n");
}

TEST_F(RunTest, AnothersNameIsRefused) {
  EXPECT_EQ(call({"-f", "eve", "bob"}, "x\n"), EX_NOPERM);
  EXPECT_THAT(err_, HasSubstr("550 5.7.1 You may not send as eve"));
}

TEST_F(RunTest, WhenSmtpdIsDownTheCallerKeepsTheMessage) {
  EXPECT_EQ(call({"bob"}, "x\n", "nobody.sock"), EX_TEMPFAIL);
  EXPECT_THAT(err_, HasSubstr("smtpd doesn't run here. Nothing was sent: try again later\n"));
  EXPECT_EQ(call({"-bs"}, "", "nobody.sock"), EX_TEMPFAIL);
  EXPECT_EQ(out_, "421 4.3.2 mail.example.test takes no mail now\r\n");
}

TEST_F(RunTest, WrongUsageAndSettings) {
  EXPECT_EQ(call({}, "x\n"), EX_USAGE);
  EXPECT_EQ(call({"-t"}, "Subject: x\n\n"), EX_USAGE);
  EXPECT_EQ(call({"-z"}, ""), EX_USAGE);
  EXPECT_EQ(call({"a@b..c"}, ""), EX_DATAERR);
  EXPECT_EQ(call({"bob"}, "x\n", ""), EX_CONFIG);
  EXPECT_EQ(call({"-C", "/nowhere.toml", "bob"}, "x\n"), EX_CONFIG);
}

TEST_F(RunTest, TellsOfItself) {
  EXPECT_EQ(call({"--version"}, ""), EX_OK);
  EXPECT_THAT(out_, StartsWith("sendmail (Pabal) "));
  EXPECT_EQ(call({"--help"}, ""), EX_OK);
  EXPECT_THAT(out_, HasSubstr("EX_TEMPFAIL"));
  EXPECT_EQ(call({"-bi"}, ""), EX_OK);
}

}  // namespace
}  // namespace sendmail

#include "sendmail/options.hpp"

#include <gtest/gtest.h>

namespace sendmail {
namespace {

using Words = std::vector<std::string>;

Options read(const Words& words, const char* program = "sendmail") {
  const auto options = parse_options(program, words);
  EXPECT_TRUE(options) << (options ? "" : options.error());
  return options.value_or(Options{});
}

std::string trouble(const Words& words) {
  const auto options = parse_options("sendmail", words);
  return options ? "" : options.error();
}

TEST(Options, AsCronCalls) {
  const Options options = read({"-FCronDaemon", "-i", "-odi", "-oem", "-oi", "-t", "-f", "root"});
  EXPECT_EQ(options.task, Options::Task::kSend);
  EXPECT_EQ(options.full_name, "CronDaemon");
  EXPECT_EQ(options.dot, Options::Dot::kIsText);
  EXPECT_EQ(options.recipients_from, Options::Recipients::kHeaderToo);
  EXPECT_EQ(options.sender, "root");
  EXPECT_TRUE(options.recipients.empty());
}

TEST(Options, LettersGoTogetherAndValuesFollow) {
  const Options options = read({"-tiv", "-fann@far.test", "-F", "Ann Lee"});
  EXPECT_EQ(options.words, Options::Words::kMany);
  EXPECT_EQ(options.dot, Options::Dot::kIsText);
  EXPECT_EQ(options.sender, "ann@far.test");
  EXPECT_EQ(options.full_name, "Ann Lee");
  EXPECT_EQ(read({"-tfann"}).sender, "ann");
  EXPECT_EQ(read({"-r", ""}).sender, "");
  EXPECT_EQ(read({}).sender, std::nullopt);
}

TEST(Options, AddressesStandBeforeBetweenAndBehind) {
  EXPECT_EQ(read({"bob", "-i", "carol", "--", "-dash@far.test"}).recipients,
            (Words{"bob", "carol", "-dash@far.test"}));
}

TEST(Options, OtherTasks) {
  EXPECT_EQ(read({"-bs"}).task, Options::Task::kSession);
  EXPECT_EQ(read({"-bp"}).task, Options::Task::kQueue);
  EXPECT_EQ(read({"-b", "m"}).task, Options::Task::kSend);
  EXPECT_EQ(read({"-q"}).task, Options::Task::kFlush);
  EXPECT_EQ(read({"-bi"}).task, Options::Task::kAliases);
  EXPECT_EQ(read({"-I"}).task, Options::Task::kAliases);
  EXPECT_EQ(read({}, "/usr/bin/mailq").task, Options::Task::kQueue);
  EXPECT_EQ(read({}, "newaliases").task, Options::Task::kAliases);
  EXPECT_EQ(read({"--version"}).task, Options::Task::kVersion);
  EXPECT_EQ(read({"--help"}).task, Options::Task::kHelp);
}

TEST(Options, NotificationsAsTheParametersWantThem) {
  const Options options = read({"-N", "success, delay", "-R", "hdrs", "-V", "a b+c"});
  EXPECT_EQ(options.notify, "SUCCESS,DELAY");
  EXPECT_EQ(options.ret, "HDRS");
  EXPECT_EQ(options.envid, "a+20b+2Bc");
  EXPECT_EQ(read({"-Nnever"}).notify, "NEVER");
}

TEST(Options, WhatMattersElsewhereIsPassedOver) {
  const Options options =
      read({"-G",  "-m",  "-n",    "-U", "-x",         "-B8BITMIME", "-h",
            "3",   "-L",  "tag",   "-X", "/dev/null",  "-O",         "DeliveryMode=b",
            "-em", "-Ac", "-d0.1", "-p", "ESMTP:host", "bob"});
  EXPECT_EQ(options.task, Options::Task::kSend);
  EXPECT_EQ(options.recipients, Words{"bob"});
}

TEST(Options, WrongOnesAreNamed) {
  EXPECT_EQ(trouble({"-z"}), "-z is no option");
  EXPECT_EQ(trouble({"--all"}), "--all is no option");
  EXPECT_EQ(trouble({"-f"}), "-f needs a value");
  EXPECT_EQ(trouble({"-bz"}), "-b z: expected m, s, p or i");
  EXPECT_EQ(trouble({"-bd"}), "the server is smtpd; start that one");
  EXPECT_NE(trouble({"-N", "sometimes"}), "");
  EXPECT_NE(trouble({"-N", "never,success"}), "");
  EXPECT_NE(trouble({"-N", ""}), "");
  EXPECT_NE(trouble({"-R", "some"}), "");
  EXPECT_NE(trouble({"-V", ""}), "");
  EXPECT_NE(trouble({"-V", std::string(101, 'x')}), "");
  EXPECT_NE(trouble({"-q30m"}), "");
}

}  // namespace
}  // namespace sendmail

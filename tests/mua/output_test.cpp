#include "mua/output.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <vector>

#include "mua/exit_code.hpp"
#include "tests/mua/terminal.hpp"

namespace mua {
namespace {

TEST(Output, IsTheTextAsItIs) {
  testing::internal::CaptureStdout();
  print(std::string_view("a\0b", 3));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), std::string("a\0b", 3));
}

TEST(Output, IsOneLineOfJson) {
  testing::internal::CaptureStdout();
  print(boost::json::object{{"subject", "two\nlines"}});
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "{\"subject\":\"two\\nlines\"}\n");
}

TEST(Output, AListIsLinesOrOneArray) {
  const auto to_text = [](int n) { return std::to_string(n) + "\n"; };
  const auto to_json = [](int n) { return boost::json::object{{"number", n}}; };
  testing::internal::CaptureStdout();
  print_list(std::vector<int>{1, 2}, Format::kText, to_text, to_json);
  print_list(std::vector<int>{1, 2}, Format::kJson, to_text, to_json);
  print_list(std::vector<int>{}, Format::kJson, to_text, to_json);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "1\n2\n[{\"number\":1},{\"number\":2}]\n[]\n");
}

/// Prints to a file or pipe; 0, or 1 and the words on stderr.
[[noreturn]] void print_to(int descriptor) {
  dup2(descriptor, STDOUT_FILENO);
  try {
    print(std::string_view("text\n"));
  } catch (const Failure& failure) {
    const ssize_t told = write(STDERR_FILENO, failure.what(), std::strlen(failure.what()));
    _exit(told > 0 ? 1 : 2);
  }
  _exit(0);
}

TEST(Output, ThatAFullDiskDoesNotTakeIsAFailure) {
  EXPECT_EXIT(print_to(open("/dev/full", O_WRONLY | O_CLOEXEC)), testing::ExitedWithCode(1),
              "cannot write: No space left");
}

[[noreturn]] void print_to_nobody() {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  if (::pipe(ends) != 0) _exit(3);
  close(ends[0]);
  print_to(ends[1]);
}

TEST(Output, AReaderThatWentAwayIsNoFailure) {
  EXPECT_EXIT(print_to_nobody(), testing::ExitedWithCode(0), "");
}

TEST(Output, IsAsWideAsTheTerminal) {
  EXPECT_EQ(at_terminal([] { return static_cast<int>(terminal_width()); }).code, 72);
  testing::internal::CaptureStdout();
  EXPECT_EQ(terminal_width(), 0U);
  testing::internal::GetCapturedStdout();
}

}  // namespace
}  // namespace mua

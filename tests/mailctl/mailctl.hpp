// Runs mailctl as a shell would: words in, status and output back, in an installation of its own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "mailctl/commands.hpp"
#include "tests/temporary_folder.hpp"

namespace mailctl {

struct Outcome {
  int status = -1;
  std::string out, err;
};

inline Outcome run_words(std::vector<std::string> words, const std::string& input = "") {
  words.insert(words.begin(), "mailctl");
  std::vector<const char*> arguments;
  for (const auto& word : words) arguments.push_back(word.c_str());
  std::istringstream stdin_text(input);
  auto* before = std::cin.rdbuf(stdin_text.rdbuf());
  std::cin.clear();
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.status = run(static_cast<int>(arguments.size()), arguments.data());
  std::fflush(stdout);
  outcome.out = testing::internal::GetCapturedStdout();
  outcome.err = testing::internal::GetCapturedStderr();
  std::cin.rdbuf(before);
  return outcome;
}

class MailctlTest : public testing::Test {
 protected:
  Outcome init(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"init", "--data", data_.string(), "--port-offset", "30000"};
    words.insert(words.end(), more.begin(), more.end());
    return run_words(words);
  }

  /// With this installation's settings.
  Outcome mailctl(std::vector<std::string> words, const std::string& input = "") const {
    words.insert(words.begin(), {"--config", (data_ / "pabal.toml").string()});
    return run_words(words, input);
  }

  std::string read(const char* name) const {
    std::ifstream stream(data_ / name);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }

  tests::TemporaryFolder folder_;
  std::filesystem::path data_ = folder_ / "var";
};

}  // namespace mailctl

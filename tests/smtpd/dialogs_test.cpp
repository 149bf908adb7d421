// Every tests/dialogs/*.smtp against a real smtpd.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "tests/dialogs/dialog.hpp"
#include "tests/smtpd/mail_domain.hpp"

namespace smtpd {
namespace {

class SmtpDialog : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(SmtpDialog, GoesAsWritten) {
  MailDomain domain;
  const dialogs::Stage stage{
      [&](const std::string& listener) { return domain.port(listener); },
      [&](const std::string& name, const std::vector<std::string>& arguments) {
        return domain.directive(name, arguments);
      },
      [&](const std::string& listener) { return domain.socket(listener); }};
  try {
    dialogs::play(dialogs::read_dialog(GetParam()), stage);
  } catch (const std::exception& error) {
    FAIL() << error.what();
  }
}

std::string test_name(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Smtp, SmtpDialog,
                         testing::ValuesIn(dialogs::find_dialogs(PABAL_SOURCE_DIR "/tests/dialogs",
                                                                 ".smtp")),
                         test_name);

}  // namespace
}  // namespace smtpd

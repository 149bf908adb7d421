// Every tests/dialogs/*.imap against a real imapd.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "tests/dialogs/dialog.hpp"
#include "tests/imapd/imap_domain.hpp"

namespace imapd {
namespace {

class ImapDialog : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ImapDialog, GoesAsWritten) {
  ImapDomain domain;
  dialogs::Stage stage;
  stage.port = [&](const std::string& listener) { return domain.port(listener); };
  stage.directive = [&](const std::string& name, const std::vector<std::string>& arguments) {
    domain.directive(name, arguments);
    return std::optional<std::string>();
  };
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

INSTANTIATE_TEST_SUITE_P(Imap, ImapDialog,
                         testing::ValuesIn(dialogs::find_dialogs(PABAL_SOURCE_DIR "/tests/dialogs",
                                                                 ".imap")),
                         test_name);

}  // namespace
}  // namespace imapd

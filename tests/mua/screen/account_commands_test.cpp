#include <gmock/gmock.h>

#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

using testing::HasSubstr;

class AccountCommands : public ClientTrial {
 protected:
  sync::LinkChanged refused() const {
    return {
        sync::Link::kRefused,
        "mail.example.test:993: the server's certificate is not accepted: self-signed",
        "Expected was a certificate for mail.example.test, valid today and signed by one of the "
        "system's CAs. Came one for evil.test, signed by Nobody, valid from 2026-01-01 to "
        "2027-01-01, SHA-256 ab:cd. It is another than that of 2026-02-02: 12:34. No password "
        "was sent.",
        0};
  }
};

TEST_F(AccountCommands, ARefusedCertificateIsExplainedAtOnce) {
  picture();
  const std::string text = hear(refused());
  EXPECT_THAT(text, HasSubstr("Accounts"));
  EXPECT_THAT(text, HasSubstr("Expected was a certificate for mail.example.test"));
  EXPECT_THAT(text, HasSubstr("Came one for evil.test"));
  EXPECT_THAT(text, HasSubstr("another than that of"));
  press("Esc");
  EXPECT_THAT(status_line(), HasSubstr("certificate is not accepted"));
}

TEST_F(AccountCommands, WideTerminalsCutNothingOff) {
  screen.resize({60, 200});
  picture();
  const std::string text = hear(refused());
  for (const char* words : {"CAs.", "ab:cd.", "12:34.", "sent."}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST_F(AccountCommands, EachStateCanBeLookedAt) {
  hear(sync::LinkChanged{sync::Link::kLive, "", "", 0});
  client().command("accounts");
  const std::string text = picture();
  EXPECT_THAT(text, HasSubstr("alice@example.test"));
  EXPECT_THAT(text, HasSubstr("live"));
}

}  // namespace
}  // namespace mua::screen

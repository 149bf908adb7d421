#include <gmock/gmock.h>

#include <fstream>

#include "tests/imapd/peer.hpp"

namespace imapd {
namespace {

using testing::HasSubstr;

using ServiceTest = CommandTest;

// What is broken must not replace what works.
TEST_F(ServiceTest, KeepsTheOldSettingsWhenTheNewOnesAreBroken) {
  Service service(domain_.settings);
  auto before = service.settings();
  auto context = service.tls();
  std::ofstream(domain_.settings.file) << "this is = = not TOML\n";
  EXPECT_ANY_THROW(service.reload());
  EXPECT_EQ(service.settings(), before);
  EXPECT_EQ(service.tls(), context);
  EXPECT_EQ(service.seed().size(), 32u);
}

TEST_F(ServiceTest, NamesAMissingCertificate) {
  auto settings = domain_.settings;
  settings.tls.certificate = "/nowhere/cert.pem";
  try {
    Service service(settings);
    FAIL() << "no certificate";
  } catch (const std::exception& error) {
    EXPECT_THAT(error.what(), HasSubstr("/nowhere/cert.pem"));
  }
}

}  // namespace
}  // namespace imapd

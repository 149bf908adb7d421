#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "mua/crypt/gpg.hpp"
#include "mua/crypt/open.hpp"

namespace mua::crypt {
namespace {

constexpr const char* kEncrypted =
    "From: Ann <ann@x.test>\r\nSubject: outside\r\n"
    "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=e\r\n\r\n"
    "--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    "--e\r\nContent-Type: application/octet-stream\r\n\r\n"
    "-----BEGIN PGP MESSAGE-----\r\n\r\nAAAA\r\n-----END PGP MESSAGE-----\r\n--e--\r\n";

/// What each call comes to, a line each, where no program is found.
void tell_all() {
  setenv("PATH", "/nonexistent", 1);
  const auto say = [](const char* what, const std::string& why) {
    std::fprintf(stderr, "%s: %s.\n", what, why.c_str());
  };
  say("can", unavailable(Method::kOpenPgp));
  say("can", unavailable(Method::kSmime));
  say("verify", verify(Method::kOpenPgp, "text", "signature").at(0).why);
  say("unwrap", unwrap(Method::kSmime, "octets").signatures.at(0).why);
  say("decrypt", decrypt(Method::kOpenPgp, "octets", "").encryption.why);
  say("sign", sign("text", "ann@x.test", "").error().why);
  say("encrypt", encrypt("text", {"ann@x.test"}).error().why);
  const Opened opened = open_message(kEncrypted, "");
  say("open", opened.encryptions.at(0).why);
  std::_Exit(opened.octets.empty() ? 0 : 1);
}

// In a process of its own, begun anew: GPGME looks for its programs once.
TEST(GpgMissingDeathTest, EachCallSaysThatItIsNotInstalled) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(tell_all(), testing::ExitedWithCode(0),
              "can: gpg is not installed\\.\n"
              "can: gpgsm is not installed\\.\n"
              "verify: gpg is not installed\\.\n"
              "unwrap: gpgsm is not installed\\.\n"
              "decrypt: gpg is not installed\\.\n"
              "sign: gpg is not installed\\.\n"
              "encrypt: gpg is not installed\\.\n"
              "open: gpg is not installed\\.\n");
}

}  // namespace
}  // namespace mua::crypt

// Keys of a trial in a GNUPGHOME of its own, made with the programs people have: gpg, gpgsm and
// openssl. Ann can be written to and signs; Zoe too; Lena's key wants the passphrase "sesame";
// Olga's has expired; Stranger's keys lie elsewhere.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include "tests/temporary_folder.hpp"

namespace mua::crypt {

class Keys {
 public:
  // RSA keys would take seconds each, in every test.
  Keys() {
    setenv("GNUPGHOME", home().c_str(), 1);
    mkdir(home().c_str(), 0700);
    mkdir(elsewhere().c_str(), 0700);
    // Nobody guesses this passphrase: to be slow at it would take four seconds.
    std::ofstream(home() + "/gpg-agent.conf") << "s2k-count 65536\n";
    make("Ann Miller <ann@x.test>", "");
    make("Zoe <zoe@z.test>", "");
    make("Lena <lena@x.test>", "sesame");
    run("gpg --faked-system-time 20200101T000000 " + kMake +
        "'' --quick-gen-key 'Olga <olga@x.test>' ed25519 sign 1y");
    run("GNUPGHOME=" + elsewhere() + " gpg " + kMake +
        "'' --quick-gen-key 'Stranger <stranger@s.test>' future-default default never");
    run("gpgconf --kill gpg-agent");  // it would remember Lena's passphrase
  }
  ~Keys() {
    run("gpgconf --kill all");
    run("GNUPGHOME=" + elsewhere() + " gpgconf --kill all");
    unsetenv("GNUPGHOME");
  }

  std::string home() const { return (folder_ / "home").string(); }
  std::string elsewhere() const { return (folder_ / "elsewhere").string(); }

  /// What the command prints, with `input` on its stdin.
  std::string run(const std::string& command, const std::string& input = "") const {
    const std::string in = (folder_ / "input").string();
    std::ofstream(in, std::ios::binary) << input;
    const std::string line =
        "cd " + folder_.path().string() + " && (" + command + ") < " + in + " 2>>log";
    std::unique_ptr<FILE, int (*)(FILE*)> out(popen(line.c_str(), "r"), pclose);
    std::string text;
    std::array<char, 4096> piece{};
    for (std::size_t n; (n = fread(piece.data(), 1, piece.size(), out.get())) > 0;) {
      text.append(piece.data(), n);
    }
    return text;
  }

  std::string signature(const std::string& who, const std::string& text) const {
    return run("gpg --batch --armor --detach-sign -u " + who, text);
  }
  std::string clear_signed(const std::string& who, const std::string& text) const {
    return run("gpg --batch --clear-sign -u " + who, text);
  }
  std::string encrypted(const std::string& to, const std::string& text,
                        const std::string& options = "") const {
    return run("gpg --batch --armor --trust-model always --encrypt -r " + to + " " + options, text);
  }

  /// Ann's certificate of an authority that is trusted: ann.pem, ann.key.
  void make_certificate() const {
    run("openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj "
        "'/CN=Harbour CA' -addext basicConstraints=critical,CA:TRUE -addext "
        "keyUsage=critical,keyCertSign,cRLSign");
    run("openssl req -newkey rsa:2048 -nodes -keyout ann.key -out ann.csr -subj '/CN=Ann Miller'");
    run("cat > ext",
        "subjectAltName=email:ann@x.test\nkeyUsage=digitalSignature,keyEncipherment\n");
    run("openssl x509 -req -in ann.csr -CA ca.pem -CAkey ca.key -set_serial 7 -days 20 -extfile "
        "ext -out ann.pem");
    run("openssl pkcs12 -export -inkey ann.key -in ann.pem -certfile ca.pem -passout pass: "
        "-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1 -out ann.p12");
    run("openssl x509 -in ca.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/$/ S relax/' > "
        "home/trustlist.txt");
    run("gpgsm --batch --import ca.pem");
    // gpgsm says nothing when its agent, just started, was too busy to take the key.
    run("for attempt in 1 2 3 4 5; do echo | gpgsm --batch --pinentry-mode loopback "
        "--passphrase-fd 0 --import ann.p12; gpgsm --batch --list-secret-keys ann@x.test | grep -q "
        "'Ann Miller' && break; done");
  }

 private:
  void make(const std::string& who, const std::string& passphrase) const {
    run("gpg " + kMake + "'" + passphrase + "' --quick-gen-key '" + who +
        "' future-default default never");
  }

  inline static const std::string kMake = "--batch --quiet --pinentry-mode loopback --passphrase ";
  tests::TemporaryFolder folder_;
};

/// Tests with keys; skipped where the programs are missing.
class WithKeys : public testing::Test {
 protected:
  static void SetUpTestSuite() { keys_ = std::make_unique<Keys>(); }
  static void TearDownTestSuite() { keys_.reset(); }
  void SetUp() override {
    if (std::system("gpg --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "gpg is not installed";
  }
  static const Keys& keys() { return *keys_; }

 private:
  inline static std::unique_ptr<Keys> keys_;
};

}  // namespace mua::crypt

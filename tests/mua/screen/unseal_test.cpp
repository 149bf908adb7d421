#include "mua/screen/unseal.hpp"

#include <fstream>
#include <sstream>

#include "mail/transfer_encoding.hpp"
#include "mua/memory_mail.hpp"
#include "tests/mua/crypt/keys.hpp"
#include "tests/mua/screen/client_trial.hpp"

namespace mua::screen {
namespace {

class UnsealTest : public ClientTrial {
 protected:
  UnsealTest() { three(); }
  static void SetUpTestSuite() { keys_ = std::make_unique<crypt::Keys>(); }
  static void TearDownTestSuite() { keys_.reset(); }
  void SetUp() override {
    if (std::system("gpg --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "gpg is not installed";
  }

  /// What the engine would fetch of the message: its structure and its texts.
  void give(sync::MessageId id, const std::string& message) {
    const MemoryMail mail(message);
    bodies.keep_structure(id, mail.structure());
    for (const mail::imap::BodyPart* part : plan_reading(mail.structure()).needed()) {
      bodies.append(id, part->number, *mail.octets(part->number), sync::Bodies::Piece::kLast);
    }
  }
  /// Opens it, and brings all of it when that is asked for.
  std::string open(const std::string& message) {
    give(third, message);
    press("Enter");
    EXPECT_EQ(wire.parts.back(), (std::pair<sync::MessageId, std::string>{third, ""}));
    bodies.append(third, "", message, sync::Bodies::Piece::kLast);
    return hear(sync::PartReady{third, ""});
  }
  static std::string crlf(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
    return out;
  }
  static std::string encrypted(const std::string& to, const std::string& content) {
    return "From: Ann <ann@x.test>\r\nSubject: ...\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
           "boundary=e\r\n\r\n"
           "--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
           "--e\r\nContent-Type: application/octet-stream\r\n\r\n" +
           crlf(keys_->encrypted(to, content)) + "\r\n--e--\r\n";
  }
  static std::string signed_by(const std::string& who) {
    const std::string content = "Content-Type: text/plain\r\n\r\nAt ten.\r\n";
    return "From: Ann <ann@x.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; "
           "protocol=\"application/pgp-signature\"; boundary=s\r\n\r\n--s\r\n" +
           content + "\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n" +
           crlf(keys_->signature(who, content)) + "\r\n--s--\r\n";
  }
  std::string whole_store() {
    std::ostringstream out;
    for (const char* name : {"store.db", "store.db-wal"})
      out << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return std::move(out).str();
  }

  inline static std::unique_ptr<crypt::Keys> keys_;
};

TEST_F(UnsealTest, ASignatureIsTold) {
  const std::string picture = open(signed_by("ann@x.test"));
  EXPECT_NE(picture.find("\n good signature by Ann Miller <ann@x.test> (OpenPGP "),
            std::string::npos)
      << picture;
  EXPECT_NE(picture.find("\n At ten.\n"), std::string::npos);
  EXPECT_EQ(picture.find("[1 "), std::string::npos);
}

TEST_F(UnsealTest, ThePreviewChecksNothingAndSaysSo) {
  screen.resize({30, 180});
  give(third, signed_by("ann@x.test"));
  picture();
  clock += 200;
  EXPECT_NE(picture().find("│ signed or encrypted; checked once it is read"), std::string::npos);
  EXPECT_TRUE(wire.parts.empty());
}

TEST_F(UnsealTest, SomebodyElsesSignatureIsToldToBe) {
  const std::string picture = open(signed_by("zoe@z.test"));
  EXPECT_NE(picture.find("good signature by Zoe <zoe@z.test>"), std::string::npos);
  EXPECT_NE(picture.find("but the mail"), std::string::npos);
}

TEST_F(UnsealTest, EncryptedMailIsReadLikeMailAndStaysOutOfTheStore) {
  const std::string picture = open(encrypted(
      "ann@x.test",
      "Subject: the secret plan\r\nContent-Type: multipart/mixed; hp=\"cipher\"; "
      "boundary=m\r\n\r\n--m\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\nThe treasure lies below the pier.\r\n--m\r\n"
      "Content-Type: application/pdf; name=map.pdf\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\nTUFQ\r\n--m--\r\n"));
  EXPECT_NE(picture.find("\n Subject: the secret plan\n"), std::string::npos) << picture;
  EXPECT_NE(picture.find("[1 map.pdf "), std::string::npos);
  EXPECT_NE(picture.find("\n encrypted (OpenPGP)\n"), std::string::npos);
  EXPECT_NE(picture.find("\n The treasure lies below the pier.\n"), std::string::npos);
  press("v Enter s C-u");
  type((folder / "map.pdf").string());
  press("Enter");
  std::ostringstream saved;
  saved << std::ifstream(folder / "map.pdf").rdbuf();
  EXPECT_EQ(saved.str(), "MAP");
  press("q q");
  for (const char* words : {"treasure", "secret plan", "map.pdf"}) {
    EXPECT_EQ(whole_store().find(words), std::string::npos) << words;
  }
}

TEST_F(UnsealTest, APassphraseIsAskedForUnseen) {
  open(encrypted("lena@x.test", "Content-Type: text/plain\r\n\r\nBelow the pier.\r\n"));
  EXPECT_EQ(status_line(), " passphrase of Lena <lena@x.test>:");
  type("wrong");
  EXPECT_EQ(status_line(), " passphrase of Lena <lena@x.test>:");
  EXPECT_NE(press("Enter").find("that was not the passphrase"), std::string::npos);
  client().command("verify");
  take();
  type("sesame");
  EXPECT_NE(press("Enter").find("\n Below the pier.\n"), std::string::npos);
  keys_->run("gpgconf --kill gpg-agent");
}

TEST_F(UnsealTest, SmimeToo) {
  keys_->make_certificate();
  const auto entity = [](const std::string& kind, const std::string& der) {
    return "Content-Type: application/pkcs7-mime; smime-type=" + kind +
           "; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           mail::encode_base64_body(der);
  };
  const std::string opaque =
      keys_->run("openssl cms -sign -binary -nodetach -signer ann.pem -inkey ann.key -outform DER",
                 "Content-Type: text/plain\r\n\r\nAt ten.\r\n");
  const std::string cipher = keys_->run("openssl cms -encrypt -binary -aes256 -outform DER ann.pem",
                                        entity("signed-data", opaque));
  const std::string picture =
      open("From: Ann <ann@x.test>\r\nMIME-Version: 1.0\r\n" + entity("enveloped-data", cipher));
  EXPECT_NE(picture.find("\n encrypted (S/MIME)\n"), std::string::npos) << picture;
  EXPECT_NE(picture.find("\n good signature by Ann Miller <ann@x.test> (S/MIME "),
            std::string::npos);
  EXPECT_NE(picture.find("\n At ten.\n"), std::string::npos);
  EXPECT_EQ(picture.find("smime.p7m"), std::string::npos) << "it is no attachment";
}

TEST_F(UnsealTest, LargeOnesWait) {
  mail::imap::Fetched large = message(9, "large");
  large.size = 40'000'000;
  const auto id = writer.put(inbox, large);
  give(*id, signed_by("ann@x.test"));
  EXPECT_NE(press("Enter").find(
                "signed or encrypted, 40.0 MB: not looked at yet; :verify fetches all of it"),
            std::string::npos);
  EXPECT_TRUE(wire.parts.empty());
  client().command("verify");
  EXPECT_EQ(wire.parts.size(), 1u);
}

TEST_F(UnsealTest, NothingToCheck) {
  give_text(third, "hello\r\n");
  press("Enter");
  client().command("verify");
  EXPECT_EQ(status_line(), " it is neither signed nor encrypted");
}

}  // namespace
}  // namespace mua::screen

// Local certificates: tls::make_certificates and tls::certificate_expiry of context.hpp.
#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <stdexcept>

#include "tls/context.hpp"
#include "tls/openssl.hpp"

namespace tls {
namespace {

constexpr long kDay = 24 * 3600;
constexpr long kCaDays = 3650;
constexpr long kServerDays = 825;  // the longest that Apple's clients accept
constexpr long kClockSkew = 3600;

struct Signer {
  CertificateHandle certificate;
  KeyHandle key;
};

void check(bool good, const char* what) {
  if (!good) throw std::runtime_error(fmt::format("{}: {}", what, openssl_reason()));
}

bool is_address(const std::string& name) {
  unsigned char octets[sizeof(in6_addr)];
  return inet_pton(AF_INET, name.c_str(), octets) == 1 ||
         inet_pton(AF_INET6, name.c_str(), octets) == 1;
}

/// Written beside the file and renamed, so that a reader finds the old one or the whole new one.
void write_file(const std::filesystem::path& file, const std::string& text, mode_t mode) {
  const auto fresh = file.string() + ".new";
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  const bool written = fd >= 0 && ::fchmod(fd, mode) == 0 &&
                       ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  const int reason = errno;
  if (fd >= 0) ::close(fd);
  if (!written)
    throw std::runtime_error(
        fmt::format("{}: cannot be written: {}", fresh, std::strerror(reason)));
  std::filesystem::rename(fresh, file);
}

std::string drain(BIO* bio) {
  char* text = nullptr;
  const auto length = BIO_get_mem_data(bio, &text);
  return {text, static_cast<std::size_t>(length)};
}

std::string pem(X509* certificate) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_X509(bio.get(), certificate) == 1, "certificate not written");
  return drain(bio.get());
}

std::string pem(EVP_PKEY* key) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "key not written");
  return drain(bio.get());
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX names;
  X509V3_set_ctx_nodb(&names);
  X509V3_set_ctx(&names, issuer, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &names, nid, value.c_str());
  check(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value.c_str());
  X509_EXTENSION_free(extension);
}

/// A certificate without extensions and signature.
CertificateHandle begin_certificate(EVP_PKEY* key, const std::string& common_name, long days) {
  CertificateHandle certificate(X509_new());
  auto* c = certificate.get();
  unsigned char serial[16];
  check(RAND_bytes(serial, sizeof serial) == 1, "no random numbers");
  serial[0] &= 0x7f;
  auto* number = BN_bin2bn(serial, sizeof serial, nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(c));
  BN_free(number);
  X509_set_version(c, X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(c), -kClockSkew);
  X509_gmtime_adj(X509_getm_notAfter(c), days * kDay);
  X509_set_pubkey(c, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  return certificate;
}

Signer make_ca() {
  Signer ca;
  ca.key.reset(EVP_EC_gen("P-256"));
  check(ca.key != nullptr, "no key");
  ca.certificate = begin_certificate(ca.key.get(), "Pabal local CA", kCaDays);
  auto* c = ca.certificate.get();
  X509_set_issuer_name(c, X509_get_subject_name(c));
  add_extension(c, c, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(c, c, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(c, c, NID_subject_key_identifier, "hash");
  check(X509_sign(c, ca.key.get(), EVP_sha256()) > 0, "certificate not signed");
  return ca;
}

Signer read_ca(const std::filesystem::path& folder) {
  Signer ca;
  ca.certificate = read_certificate(folder / "ca.pem");
  const auto file = (folder / "ca.key").string();
  const BioHandle bio(BIO_new_file(file.c_str(), "r"));
  if (bio) ca.key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (!ca.key)
    throw std::runtime_error(fmt::format("{}: cannot read the key: {}", file, openssl_reason()));
  return ca;
}

// subjectAltName: "DNS:mail.example.test,IP:127.0.0.1".
std::string alternative_names(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names)
    list += fmt::format("{}{}:{}", list.empty() ? "" : ",", is_address(name) ? "IP" : "DNS", name);
  return list;
}

Signer make_server_certificate(const Signer& ca, const std::vector<std::string>& names) {
  Signer server;
  server.key.reset(EVP_EC_gen("P-256"));
  check(server.key != nullptr, "no key");
  server.certificate = begin_certificate(server.key.get(), names.at(0), kServerDays);
  auto* c = server.certificate.get();
  auto* issuer = ca.certificate.get();
  X509_set_issuer_name(c, X509_get_subject_name(issuer));
  add_extension(c, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(c, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(c, issuer, NID_ext_key_usage, "serverAuth");
  add_extension(c, issuer, NID_subject_alt_name, alternative_names(names));
  add_extension(c, issuer, NID_subject_key_identifier, "hash");
  add_extension(c, issuer, NID_authority_key_identifier, "keyid:always");
  check(X509_sign(c, ca.key.get(), EVP_sha256()) > 0, "certificate not signed");
  return server;
}

}  // namespace

std::int64_t certificate_expiry(const std::filesystem::path& certificate) {
  const auto read = read_certificate(certificate);
  std::tm end{};
  check(ASN1_TIME_to_tm(X509_get0_notAfter(read.get()), &end) == 1, "the certificate has no end");
  return ::timegm(&end);
}

void make_certificates(const std::filesystem::path& folder, const std::vector<std::string>& names) {
  Signer ca;
  if (std::filesystem::exists(folder / "ca.pem")) {
    ca = read_ca(folder);
  } else {
    ca = make_ca();
    write_file(folder / "ca.key", pem(ca.key.get()), 0600);
    write_file(folder / "ca.pem", pem(ca.certificate.get()), 0644);
  }
  const auto server = make_server_certificate(ca, names);
  write_file(folder / "key.pem", pem(server.key.get()), 0600);
  write_file(folder / "cert.pem", pem(server.certificate.get()) + pem(ca.certificate.get()), 0644);
}

}  // namespace tls

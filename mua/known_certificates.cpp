#include "mua/known_certificates.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <map>
#include <sstream>

#include "mua/sync/local_store.hpp"

namespace mua {

namespace {

using Known = std::map<std::string, KnownCertificate>;

Known read(const std::filesystem::path& file) {
  Known known;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string host;
    KnownCertificate one;
    if (words >> host >> one.seen >> one.sha256) known[host] = one;
  }
  return known;
}

void write(const std::filesystem::path& file, const Known& known) {
  std::filesystem::path fresh = file;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::trunc);
  for (const auto& [host, one] : known) out << host << ' ' << one.seen << ' ' << one.sha256 << '\n';
  out.close();
  // Nothing depends on it but the words of a refusal.
  std::error_code ignored;
  if (out) std::filesystem::rename(fresh, file, ignored);
}

}  // namespace

KnownCertificates::KnownCertificates(const Account& account) {
  if (account.settings.empty()) return;
  file_ = sync::store_file(account.settings, account.address);
  file_.replace_extension(".certificates");
}

std::optional<KnownCertificate> KnownCertificates::find(const Host& host) const {
  if (file_.empty()) return std::nullopt;
  const Known known = read(file_);
  const auto found = known.find(host.to_string());
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

void KnownCertificates::keep(const Host& host, const std::string& digest) const {
  if (file_.empty() || digest.size() != 32) return;
  std::string sha256;
  for (const char c : digest) sha256 += fmt::format("{:02x}", static_cast<unsigned char>(c));
  Known known = read(file_);
  KnownCertificate& one = known[host.to_string()];
  if (one.sha256 == sha256) return;
  one = {fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr))), sha256};
  write(file_, known);
}

}  // namespace mua

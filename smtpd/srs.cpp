#include "smtpd/srs.hpp"

#include <fmt/format.h>

#include <optional>

#include "mail/ascii.hpp"
#include "mail/scram.hpp"

namespace smtpd {

namespace {

// Without regard to case, because servers on the way fold it.
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// 30 bits: a forger has a mailserver's patience against him, and the local part should stay short.
constexpr std::size_t kHash = 6;

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kDays = 1024;  // what two digits of base 32 count before they begin anew
constexpr std::int64_t kValid = 21;   // days; five days in a queue and a delay report fit in easily

constexpr std::size_t kTag = 4;  // "SRS0"

std::string stamp(std::int64_t now) {
  const auto day = static_cast<std::size_t>((now / kDay) % kDays);
  return {kBase32[day / 32], kBase32[day % 32]};
}

std::optional<std::int64_t> day_of(std::string_view stamp) {
  if (stamp.size() != 2) return std::nullopt;
  std::int64_t day = 0;
  for (const char c : stamp) {
    const auto digit = kBase32.find(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    if (digit == std::string_view::npos) return std::nullopt;
    day = 32 * day + static_cast<std::int64_t>(digit);
  }
  return day;
}

// Another server's clock may be a day ahead of midnight here.
bool is_valid(std::int64_t day, std::int64_t now) {
  const std::int64_t age = (now / kDay - day + 2 * kDays) % kDays;
  return age <= kValid || age == kDays - 1;
}

/// What stands before the next "="; it and the "=" are taken off `text`. nullopt without one.
std::optional<std::string_view> take_part(std::string_view& text) {
  const std::size_t end = text.find('=');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end + 1);
  return part;
}

// "SRS0" sep hash "=" stamp "=" domain "=" local        sep = "=" / "+" / "-"
struct First {
  std::string_view hash, stamp, domain, local;
};
std::optional<First> parse_first(std::string_view text) {
  text.remove_prefix(kTag + 1);
  const auto hash = take_part(text), stamp = take_part(text), domain = take_part(text);
  if (!hash || !stamp || !domain || domain->empty() || text.empty()) return std::nullopt;
  return First{*hash, *stamp, *domain, text};
}

// "SRS1" sep hash "=" first-domain "=" rest             rest: a local part of SRS0 after its tag
struct Later {
  std::string_view hash, domain, rest;
};
std::optional<Later> parse_later(std::string_view text) {
  text.remove_prefix(kTag + 1);
  const auto hash = take_part(text), domain = take_part(text);
  if (!hash || !domain || domain->empty() || text.size() < 2) return std::nullopt;
  return Later{*hash, *domain, text};
}

bool is_first(std::string_view local) { return mail::is_srs(local) && local[kTag - 1] == '0'; }
bool is_later(std::string_view local) { return mail::is_srs(local) && local[kTag - 1] == '1'; }

std::string signed_first(std::string_view stamp, std::string_view domain, std::string_view local) {
  return fmt::format("{}={}={}", stamp, domain, local);
}
std::string signed_later(std::string_view domain, std::string_view rest) {
  return fmt::format("{}={}", domain, rest);
}

}  // namespace

std::string Srs::sign(std::string_view text) const {
  const std::string code = mail::scram::hmac(secret_, mail::ascii_lower(text));
  std::string hash;
  for (std::size_t i = 0; i < kHash; ++i) hash += kBase32[static_cast<unsigned char>(code[i]) % 32];
  return hash;
}

bool Srs::signed_here(std::string_view hash, std::string_view text) const {
  return mail::scram::same(mail::ascii_lower(hash), mail::ascii_lower(sign(text)));
}

mail::Address Srs::rewrite(const mail::Address& sender, std::string_view domain,
                           std::int64_t now) const {
  const std::string_view local = sender.local;
  std::string rewritten;
  const auto later = is_later(local) ? parse_later(local) : std::nullopt;
  // However often it is forwarded, the first forwarder is the one that a bounce goes back to.
  if (later || is_first(local)) {
    const std::string_view first = later ? later->domain : std::string_view(sender.domain);
    const std::string_view rest = later ? later->rest : local.substr(kTag);
    rewritten = fmt::format("SRS1={}={}={}", sign(signed_later(first, rest)), first, rest);
  } else {
    const std::string day = stamp(now);
    const std::string hash = sign(signed_first(day, sender.domain, local));
    rewritten = fmt::format("SRS0={}={}={}={}", hash, day, sender.domain, local);
  }
  return {std::move(rewritten), std::string(domain)};
}

mail::Result<mail::Address, Srs::Fault> Srs::original(const mail::Address& rewritten,
                                                      std::int64_t now) const {
  const std::string_view local = rewritten.local;
  if (const auto first = is_first(local) ? parse_first(local) : std::nullopt) {
    const auto day = day_of(first->stamp);
    if (!day || !signed_here(first->hash, signed_first(first->stamp, first->domain, first->local)))
      return mail::unexpected(Fault::kForged);
    if (!is_valid(*day, now)) return mail::unexpected(Fault::kExpired);
    return mail::Address{std::string(first->local), std::string(first->domain)};
  }
  if (const auto later = is_later(local) ? parse_later(local) : std::nullopt) {
    if (!signed_here(later->hash, signed_later(later->domain, later->rest)))
      return mail::unexpected(Fault::kForged);
    return mail::Address{fmt::format("SRS0{}", later->rest), std::string(later->domain)};
  }
  return mail::unexpected(Fault::kForged);
}

}  // namespace smtpd

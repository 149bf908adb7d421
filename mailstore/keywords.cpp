#include "mailstore/keywords.hpp"

#include <strings.h>

#include <algorithm>
#include <optional>

namespace mailstore {

namespace {

constexpr FlagBits kSystemBits = (FlagBits{1} << kFirstKeywordBit) - 1;

FlagBits slot_bit(std::size_t slot) { return FlagBits{1} << (kFirstKeywordBit + slot); }

/// Keywords are case-insensitive (RFC 9051 §2.3.2).
std::optional<std::size_t> find_slot(const std::vector<std::string>& keywords,
                                     const std::string& name) {
  auto found = std::find_if(keywords.begin(), keywords.end(), [&](const std::string& each) {
    return ::strcasecmp(each.c_str(), name.c_str()) == 0;
  });
  if (found == keywords.end()) return std::nullopt;
  return static_cast<std::size_t>(found - keywords.begin());
}

}  // namespace

std::vector<std::string> load_keywords(Database& database, MailboxId mailbox) {
  std::vector<std::string> keywords;
  for (Statement row =
           database.query("SELECT name FROM keyword WHERE mailbox = ? ORDER BY slot", mailbox);
       row.step();)
    keywords.push_back(row.string(0));
  return keywords;
}

Result<FlagBits, Failure> bits_for(Database& database, MailboxId mailbox,
                                   const mail::FlagSet& flags) {
  FlagBits bits = flags.system;
  if (flags.keywords.empty()) return bits;
  std::vector<std::string> keywords = load_keywords(database, mailbox);
  for (const std::string& name : flags.keywords) {
    auto slot = find_slot(keywords, name);
    if (!slot) {
      slot = keywords.size();
      if (*slot == kMostKeywords) return unexpected(Failure::kTooManyKeywords);
      database.run("INSERT INTO keyword VALUES (?, ?, ?)", mailbox, *slot, name);
      keywords.push_back(name);
    }
    bits |= slot_bit(*slot);
  }
  return bits;
}

FlagBits known_bits(Database& database, MailboxId mailbox, const mail::FlagSet& flags) {
  FlagBits bits = flags.system;
  if (flags.keywords.empty()) return bits;
  const std::vector<std::string> keywords = load_keywords(database, mailbox);
  for (const std::string& name : flags.keywords)
    if (auto slot = find_slot(keywords, name)) bits |= slot_bit(*slot);
  return bits;
}

Result<FlagTranslation, Failure> FlagTranslation::between(Database& database, MailboxId from,
                                                          MailboxId to, FlagBits used) {
  FlagTranslation translation;
  if ((used & ~kSystemBits) == 0) return translation;
  const std::vector<std::string> keywords = load_keywords(database, from);
  for (std::size_t slot = 0; slot < keywords.size(); ++slot) {
    if ((used & slot_bit(slot)) == 0) continue;
    auto bits = bits_for(database, to, {.system = 0, .keywords = {keywords[slot]}});
    if (!bits) return unexpected(bits.error());
    translation.slots_[slot] = *bits;
  }
  return translation;
}

FlagBits FlagTranslation::operator()(FlagBits flags) const {
  FlagBits result = flags & kSystemBits;
  for (std::size_t slot = 0; (flags >> (kFirstKeywordBit + slot)) != 0; ++slot)
    if ((flags & slot_bit(slot)) != 0) result |= slots_[slot];
  return result;
}

}  // namespace mailstore

// mailctl user quota
#include <charconv>

#include "conf/quantity.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"
#include "mailctl/quota_words.hpp"

namespace mailctl {
namespace {

std::optional<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> parse_octets(std::string_view text) {
  const auto count = parse_count(text);
  return count ? count : conf::parse_size(text);
}

/// What a word of the command line makes of a limit: a number, "none" or "default"; nothing when it
/// isn't there.
void change(std::optional<std::uint64_t>& limit, const std::string& word,
            std::optional<std::uint64_t> (*parse)(std::string_view)) {
  constexpr auto kMost = std::uint64_t{1} << 62;
  if (word.empty()) return;
  limit.reset();
  if (word == "default") return;
  const auto number = word == "none" ? std::optional(std::uint64_t{0}) : parse(word);
  const bool fits = number && *number <= kMost && (*number > 0 || word == "none");
  if (!fits)
    throw Failure(ExitCode::kUsage, word + " is no limit",
                  "write a number (a size also as 500MiB or 2GiB), `none` or `default`");
  limit = *number;
}

}  // namespace

void user_quota(const Options& options) {
  Installation here(options);
  auto account = here.account(options.name);
  const QuotaOptions& wanted = options.quota;
  const auto before = account.limits;
  change(account.limits.storage, wanted.storage, parse_octets);
  change(account.limits.messages, wanted.messages, parse_count);
  change(account.limits.mailboxes, wanted.mailboxes, parse_count);
  if (account.limits != before)
    check(here.directory().set_limits(account.address, account.limits), account.address);
  const Quota quota{here.store.limits(account.limits), account.limits,
                    mailstore::usage(*here.store.account(account.id))};
  boost::json::object object{{"address", account.address}};
  object["quota"] = object_of(quota);
  print_outcome(options.format, object, describe(quota));
}

}  // namespace mailctl

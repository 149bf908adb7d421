#include "mailctl/quota_words.hpp"

#include <fmt/format.h>

#include "conf/quantity.hpp"

namespace mailctl {
namespace {

boost::json::object object_of(std::uint64_t used, std::uint64_t limit,
                              const std::optional<std::uint64_t>& own) {
  boost::json::object object{{"used", used}, {"limit", nullptr}, {"own", own.has_value()}};
  if (limit != 0) object["limit"] = limit;
  return object;
}

std::string shown_octets(std::uint64_t octets) {
  constexpr double kKiB = 1024, kMiB = 1024 * kKiB, kGiB = 1024 * kMiB;
  const auto size = static_cast<double>(octets);
  if (size >= kGiB) return fmt::format("{:.1f} GiB", size / kGiB);
  if (size >= kMiB) return fmt::format("{:.1f} MiB", size / kMiB);
  return size >= kKiB ? fmt::format("{:.1f} KiB", size / kKiB) : fmt::format("{} octets", octets);
}

std::string line(std::string_view name, const std::string& used, const std::string& limit,
                 const std::optional<std::uint64_t>& own) {
  return fmt::format("{:<10} {}{}{}", name, used, limit.empty() ? ", no limit" : " of " + limit,
                     own ? "" : " (default)");
}

std::string shown_limit(std::uint64_t limit) { return limit == 0 ? "" : std::to_string(limit); }

}  // namespace

boost::json::object object_of(const Quota& quota) {
  const auto& [limits, own, used] = quota;
  return {{"storage", object_of(used.storage, limits.storage, own.storage)},
          {"messages", object_of(used.messages, limits.messages, own.messages)},
          {"mailboxes", object_of(used.mailboxes, limits.mailboxes, own.mailboxes)}};
}

std::string describe(const Quota& quota) {
  const auto& [limits, own, used] = quota;
  const auto storage = limits.storage == 0 ? "" : conf::format_size(limits.storage);
  return fmt::format(
      "{}\n{}\n{}", line("storage", shown_octets(used.storage), storage, own.storage),
      line("messages", std::to_string(used.messages), shown_limit(limits.messages), own.messages),
      line("mailboxes", std::to_string(used.mailboxes), shown_limit(limits.mailboxes),
           own.mailboxes));
}

}  // namespace mailctl

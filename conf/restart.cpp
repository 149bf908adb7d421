#include "conf/restart.hpp"

#include <fmt/ranges.h>

#include "conf/log.hpp"

namespace conf {

std::vector<std::string> wait_for_restart(std::string_view program, const Settings& running,
                                          const Settings& fresh) {
  const struct {
    std::string_view program;  ///< "": all
    const char* key;
    bool same;
  } kept[] = {
      {"", "data", running.data == fresh.data},
      {"", "threads", running.threads == fresh.threads},
      {"", "[store]", running.store == fresh.store},
      {"smtpd", "smtp.listen", running.smtp.listen == fresh.smtp.listen},
      {"smtpd", "smtp.submission", running.smtp.submission == fresh.smtp.submission},
      {"smtpd", "smtp.submissions", running.smtp.submissions == fresh.smtp.submissions},
      {"smtpd", "smtp.local", running.smtp.local == fresh.smtp.local},
      {"smtpd", "[lmtp]", running.lmtp == fresh.lmtp},
      {"imapd", "imap.listen", running.imap.listen == fresh.imap.listen},
      {"imapd", "imap.imaps", running.imap.imaps == fresh.imap.imaps},
  };
  std::vector<std::string> keys;
  for (const auto& one : kept)
    if (!one.same && (one.program.empty() || one.program == program)) keys.emplace_back(one.key);
  return keys;
}

void tell_of_restart(std::string_view program, const Settings& running, const Settings& fresh) {
  const auto keys = wait_for_restart(program, running, fresh);
  if (!keys.empty())
    log(Level::kWarning, "restart_needed", {{"changed", fmt::format("{}", fmt::join(keys, ", "))}});
}

}  // namespace conf

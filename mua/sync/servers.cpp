#include "mua/sync/servers.hpp"

#include <fmt/format.h>

#include "mua/sync/message_rows.hpp"

namespace mua::sync {

using mailstore::Statement;
using mailstore::Transaction;

namespace {

std::string settings_of(const Account& account) {
  std::error_code none;
  const auto written = std::filesystem::last_write_time(account.ca, none);
  const auto at = none ? 0 : written.time_since_epoch().count();
  return fmt::format("{} {} {} {} {}", account.imap.to_string(), account.user,
                     name_of(account.security), account.ca.string(), at);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace

ServerMemory Servers::take(const Account& account) {
  ServerMemory memory;
  const std::string settings = settings_of(account);
  {
    Statement row = database_.query(
        "SELECT tls_session, greeting, capabilities, proved FROM server WHERE settings = ?",
        settings);
    if (!row.step()) return memory;
    memory.tls_session = row.string(0);
    memory.acquaintance = {row.string(1), split_words(row.text(2)), row.integer(3) != 0};
  }
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  database_.run("DELETE FROM server");
  transaction.commit();
  return memory;
}

void Servers::keep(const Account& account, const ServerMemory& memory) {
  if (memory.tls_session.empty()) return;
  const mail::imap::Acquaintance& met = memory.acquaintance;
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  database_.run("INSERT OR REPLACE INTO server VALUES (?, ?, ?, ?, ?)", settings_of(account),
                mailstore::Blob{memory.tls_session}, met.greeting, joined(met.capabilities),
                met.proved ? 1 : 0);
  transaction.commit();
}

}  // namespace mua::sync

#include "mailstore/boot.hpp"

#include <fstream>

namespace mailstore {

std::string this_boot() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string boot;
  if (!std::getline(file, boot) || boot.empty())
    throw StoreError("/proc/sys/kernel/random/boot_id can't be read; mount /proc");
  return boot;
}

void enter_boot(Database& account, const std::string& boot) {
  constexpr std::string_view kKnown = "SELECT 1 FROM counter WHERE boot = ?";
  if (account.integer(kKnown, boot)) return;
  Transaction transaction(account, Transaction::Kind::kWrite);
  if (account.integer(kKnown, boot)) return;  // another process was quicker
  account.run(
      "INSERT INTO skipped SELECT id, mod_seq + ?1, uid_next, uid_next + ?1 - 1 FROM mailbox",
      kBootGap);
  account.run("UPDATE mailbox SET uid_next = uid_next + ?1, mod_seq = mod_seq + ?1", kBootGap);
  account.run(
      "UPDATE counter SET boot = ?, content_floor = ? + "
      "max(content_floor, coalesce((SELECT max(id) FROM content), 0))",
      boot, kBootGap);
  transaction.commit();
}

}  // namespace mailstore

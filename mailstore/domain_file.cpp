#include "mailstore/domain_file.hpp"

#include <fmt/format.h>

#include "conf/value_error.hpp"
#include "mailstore/errors.hpp"

namespace mailstore {

namespace fs = std::filesystem;

fs::path domain_file(const fs::path& data) {
  auto file = data / "domain.db";
  const fs::path accounts = data / "accounts";
  const bool used = fs::exists(accounts) && !fs::is_empty(accounts);
  if (used && !fs::exists(file))
    throw StoreError(fmt::format(
        "{} is missing; restore it from a backup, or move {} away to begin without accounts",
        file.string(), accounts.string()));
  return file;
}

void expect_domain(const fs::path& data) {
  const fs::path file = domain_file(data);
  if (!fs::exists(file))
    throw conf::ValueError(
        data.string(),
        fmt::format("there is no mail domain in {}, for domain.db is missing; see that its disk is "
                    "mounted, or make a domain with `mailctl domain add`",
                    data.string()));
}

}  // namespace mailstore

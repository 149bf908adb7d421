// Where domain.db is, and whether it is lost. `mailctl` makes it once, with the data folder; a new
// and empty one in place of a lost one would have smtpd refuse every address for good, and senders
// told so, while the accounts lie beside it or on a disk that is not mounted.
#pragma once

#include <filesystem>

namespace mailstore {

/// Its place below the data folder. Throws StoreError that says what to do when it is gone and
/// accounts are there.
std::filesystem::path domain_file(const std::filesystem::path& data);

/// For those who serve a domain and make none: throws conf::ValueError when there is nothing at
/// all.
void expect_domain(const std::filesystem::path& data);

}  // namespace mailstore

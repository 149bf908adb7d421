#include "mailctl/installation.hpp"

#include "mailctl/failure.hpp"

namespace mailctl {

Installation::Installation(const Options& options)
    : settings(conf::load_settings(conf::find_settings(options.config))),
      store(settings, mailstore::ChangeFeed::Mode::kRingOnly) {}

std::string Installation::complete(const std::string& address) const {
  return address.find('@') == std::string::npos ? address + "@" + settings.domain : address;
}

mailstore::AccountInfo Installation::account(const std::string& address) {
  const auto found = directory().find_account(complete(address));
  if (!found) throw store_failure(mailstore::Failure::kNoSuchAccount, complete(address));
  return *found;
}

}  // namespace mailctl

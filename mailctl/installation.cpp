#include "mailctl/installation.hpp"

#include "conf/privileges.hpp"
#include "mailctl/failure.hpp"

namespace mailctl {

conf::Settings load_settings(const Options& options) {
  auto settings = conf::load_settings(conf::find_settings(options.config));
  conf::become_owner(settings.data, conf::Keep::kNothing);
  return settings;
}

Installation::Installation(const Options& options)
    : settings(load_settings(options)), store(settings, mailstore::ChangeFeed::Mode::kRingOnly) {}

std::string Installation::complete(const std::string& address) const {
  return address.find('@') == std::string::npos ? address + "@" + settings.domain : address;
}

mailstore::AccountInfo Installation::account(const std::string& address) {
  const auto found = directory().find_account(complete(address));
  if (!found) throw store_failure(mailstore::Failure::kNoSuchAccount, complete(address));
  return *found;
}

}  // namespace mailctl

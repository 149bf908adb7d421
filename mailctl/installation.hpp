// The installation a command works on: its settings and its store. Changes ring no doorbell but the
// store's own, so the daemons see them at once.
#pragma once

#include "conf/settings.hpp"
#include "mailctl/options.hpp"
#include "mailstore/store.hpp"

namespace mailctl {

/// The settings that the options name; root becomes the owner of their data folder, so that nothing
/// of root's is left in it.
conf::Settings load_settings(const Options& options);

struct Installation {
  explicit Installation(const Options& options);

  conf::Settings settings;
  mailstore::Store store;

  mailstore::Directory& directory() { return store.directory(); }
  /// A bare local part belongs to the default domain.
  std::string complete(const std::string& address) const;
  /// Throws Failure (kNotFound).
  mailstore::AccountInfo account(const std::string& address);
};

}  // namespace mailctl

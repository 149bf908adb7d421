// The commands, one function each; a file holds those of one group. They print to stdout and throw
// Failure, conf::SettingsError or mailstore::StoreError.
#pragma once

#include "mailctl/options.hpp"

namespace mailctl {

void init(const Options& options);

void user_add(const Options& options);
void user_list(const Options& options);
void user_show(const Options& options);
void user_forward(const Options& options);
void user_quota(const Options& options);
void user_passwd(const Options& options);
void user_remove(const Options& options);

void alias_add(const Options& options);
void alias_list(const Options& options);
void alias_remove(const Options& options);

void domain_add(const Options& options);
void domain_list(const Options& options);
void domain_remove(const Options& options);

void mailbox_list(const Options& options);

void acl_list(const Options& options);
void acl_set(const Options& options);
void acl_remove(const Options& options);

void queue_list(const Options& options);
void queue_show(const Options& options);
void queue_retry(const Options& options);
void queue_hold(const Options& options);
void queue_release(const Options& options);
void queue_remove(const Options& options);
void queue_flush(const Options& options);
void trace(const Options& options);

void status(const Options& options);

/// mailctl's main: parses, runs, and turns failures into stderr lines and an exit status.
int run(int argc, const char* const* argv);

}  // namespace mailctl
